using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Strongroom.Data;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>Hashes and compares passwords: PBKDF2-SHA512 by Identity's hasher. Whoever has no account costs the same work as who has one.</summary>
internal sealed class PasswordHashes
{
    public const string WorksName = "strongroom.password.hashes";

    private static readonly Meter Meter = new(Telemetry.Name);

    // The dearest thing that a stranger may ask for: an operator sees how often it is done.
    private static readonly Counter<long> Works = Meter.CreateCounter<long>(WorksName, "{hash}", "Passwords hashed, to be kept or to be compared.");

    // Identity's hasher looks at no user; a record of nobody would only be ceremony.
    private static readonly User Nobody = new() { Person = default };

    private readonly PasswordHasher<User> hasher;
    private readonly string hashOfNobody;

    /// <param name="iterations">Rounds of a new hash. A hash says itself how many made it.</param>
    public PasswordHashes(int iterations = SignInLimits.PasswordIterations)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
        // Not by Hash, which counts: nobody asked for this one.
        hashOfNobody = hasher.HashPassword(Nobody, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
    }

    public string Hash(string secret)
    {
        Works.Add(1);
        return hasher.HashPassword(Nobody, secret);
    }

    /// <summary>False for a null hash, after the same work as for any other.</summary>
    public bool Matches(string? hash, string secret)
    {
        Works.Add(1);
        var matches = hasher.VerifyHashedPassword(Nobody, hash ?? hashOfNobody, secret) != PasswordVerificationResult.Failed;
        return matches && hash is not null;
    }
}
