using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>Hashes and compares passwords: PBKDF2-SHA512 by Identity's hasher. Whoever has no account costs the same work as who has one.</summary>
internal static class Passwords
{
    private static readonly PasswordHasher<User> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = SignInLimits.PasswordIterations }));

    // Identity's hasher looks at no user; a record of nobody would only be ceremony.
    private static readonly User Nobody = new() { Person = default };

    private static readonly string HashOfNobody = Hash(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    private static readonly FrozenSet<string> Common = ReadCommon();

    public static string Hash(string secret) => Hasher.HashPassword(Nobody, secret);

    /// <summary>False for a null hash, after the same work as for any other.</summary>
    public static bool Matches(string? hash, string secret)
    {
        var matches = Hasher.VerifyHashedPassword(Nobody, hash ?? HashOfNobody, secret) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }

    /// <summary>Why a password will not do; null when it will. Length and a list of common ones: no rules about its characters.</summary>
    /// <param name="withSecondFactor">The person has an authenticator app or a passkey beside it.</param>
    public static Refusal? WhyNot(string password, string userName, bool withSecondFactor)
    {
        var least = withSecondFactor ? SignInLimits.PasswordLengthWithSecondFactor : SignInLimits.PasswordLength;
        if (password.Length < least) return new PasswordTooShort(least) { Field = "Password" };
        if (password.Length > SignInLimits.PasswordMost) return new PasswordTooLong() { Field = "Password" };
        return IsCommon(password, userName) ? new PasswordTooCommon() { Field = "Password" } : null;
    }

    // A common word stays common with digits and signs around it, or repeated to the asked length.
    private static bool IsCommon(string password, string userName)
    {
        var folded = password.ToLowerInvariant();
        var core = folded.Trim([.. "0123456789!@#$%^&*()-_=+.,;:?/ "]);
        return Common.Contains(folded) || (core.Length > 0 && (Common.Contains(core) || core.Equals(userName, StringComparison.OrdinalIgnoreCase)))
            || Repeats(folded) || folded.Distinct().Count() < 4;
    }

    private static bool Repeats(string text) => Enumerable.Range(1, Math.Max(0, text.Length - 1))
        .Any(length => Common.Contains(text[..length]) && text.Index().All(at => at.Item == text[at.Index % length]));

    private static FrozenSet<string> ReadCommon()
    {
        using var stream = typeof(Passwords).Assembly.GetManifestResourceStream("Strongroom.Modules.SignIn.Users.CommonPasswords.txt")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line[0] != '#')
            .ToFrozenSet(StringComparer.Ordinal);
    }
}

internal sealed record PasswordTooShort(int Least) : Refusal(
    "sign-in.password-too-short", 422, $"The password has fewer than {Least} characters.", "Take a longer one: some words that only you would put together.");

internal sealed record PasswordTooLong() : Refusal("sign-in.password-too-long", 422, "The password has more than 128 characters.", "Take a shorter one.");

internal sealed record PasswordTooCommon() : Refusal(
    "sign-in.password-too-common", 422, "This password is one of those that are tried first.", "Take some words that only you would put together.");
