namespace Strongroom.Modules.SignIn.Users;

internal static class UserNames
{
    public const int Length = 60;

    public static bool AreFine(string name) => name.Trim() is { Length: >= 3 and <= Length } trimmed
        && trimmed.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '@');

    public static string Normalise(string? typed) => (typed ?? "").Trim().ToUpperInvariant();
}
