using System.Collections.Frozen;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>Which passwords will do.</summary>
internal static class Passwords
{
    private static readonly FrozenSet<string> Common = Lines("CommonPasswords.txt").Concat(Breached).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The passwords found most often in leaks, lower case.</summary>
    public static IEnumerable<string> Breached => Lines("BreachedPasswords.txt");

    /// <summary>Why a password will not do; null when it will. Length, lists of common and leaked ones, and words of this bank: no rules about its characters.</summary>
    /// <param name="withSecondFactor">The person has an authenticator app or a passkey beside it.</param>
    /// <param name="ownWords">See <see cref="OwnWords"/>.</param>
    public static Refusal? WhyNot(string password, string userName, bool withSecondFactor, IReadOnlyList<string> ownWords)
    {
        var least = withSecondFactor ? SignInLimits.PasswordLengthWithSecondFactor : SignInLimits.PasswordLength;
        if (password.Length < least) return new PasswordTooShort(least) { Field = "Password" };
        if (password.Length > SignInLimits.PasswordMost) return new PasswordTooLong() { Field = "Password" };
        return IsCommon(password, userName, ownWords) ? new PasswordTooCommon() { Field = "Password" } : null;
    }

    // A common word stays common with digits and signs around it, or repeated to the asked length.
    private static bool IsCommon(string password, string userName, IReadOnlyList<string> ownWords)
    {
        var folded = password.ToLowerInvariant();
        var core = Core(folded);
        return Common.Contains(folded) || (core.Length > 0 && (Common.Contains(core) || core.Equals(userName, StringComparison.OrdinalIgnoreCase)))
            || Repeats(folded) || folded.Distinct().Count() < 4 || IsOurs(folded, userName, ownWords);
    }

    // Beside the words that everybody at this bank thinks of there must be something: "KaveriBank2026!" has nothing, "the kaveri floods in june" has.
    private static bool IsOurs(string folded, string userName, IReadOnlyList<string> ownWords)
    {
        var ours = ownWords.Concat(OwnWords.In(userName)).OrderByDescending(word => word.Length);
        var rest = ours.Aggregate(folded, (text, word) => text.Replace(word, " ", StringComparison.Ordinal));
        return rest.Length < folded.Length && (Core(rest) is var core && (core.Count(char.IsLetter) < 4 || Common.Contains(core)));
    }

    private static string Core(string folded) => folded.Trim([.. "0123456789!@#$%^&*()-_=+.,;:?/ "]);

    private static bool Repeats(string text) => Enumerable.Range(1, Math.Max(0, text.Length - 1))
        .Any(length => Common.Contains(text[..length]) && text.Index().All(at => at.Item == text[at.Index % length]));

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(Passwords).Assembly.GetManifestResourceStream($"Strongroom.Modules.SignIn.Users.{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(line => line[0] != '#');
    }
}

internal sealed record PasswordTooShort(int Least) : Refusal(
    "sign-in.password-too-short", 422, $"The password has fewer than {Least} characters.", "Take a longer one: some words that only you would put together.");

internal sealed record PasswordTooLong() : Refusal("sign-in.password-too-long", 422, "The password has more than 128 characters.", "Take a shorter one.");

internal sealed record PasswordTooCommon() : Refusal(
    "sign-in.password-too-common", 422, "This password is one of those that are tried first.", "Take some words that only you would put together.");
