namespace Strongroom.Modules.SignIn.Users;

/// <summary>
/// What everybody at this bank thinks of first when a password is asked for: the bank's name (<c>Bank:Name</c>), the product's, and the words of the trade.
/// They count as nothing in a password; what remains must be something.
/// </summary>
internal sealed class OwnWords(IConfiguration configuration)
{
    private static readonly string[] Trade = ["strongroom", "locker", "vault", "deposit", "branch", "bank"];

    /// <summary>Lower case.</summary>
    public IReadOnlyList<string> All { get; } = [.. Trade, .. In(configuration["Bank:Name"] ?? "")];

    /// <summary>The words of a name: letters of four and more; shorter ones are in every other word.</summary>
    public static IEnumerable<string> In(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsLetter(c) ? c : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 4);
}
