namespace Strongroom.Tests.Architecture;

/// <summary>Secrets are guessed where a random number was not random: the server knows one source.</summary>
public sealed class RandomTests
{
    /// <summary>Ids of a simulated bank are the same every time; a bank's own come from the cryptographic generator.</summary>
    private const string Seeded = "IdSource.cs";

    [Fact]
    public void The_server_draws_random_numbers_from_the_cryptographic_generator_alone() =>
        Repository.Files("src/Strongroom", ".cs").Concat(Repository.Files("src/Strongroom.AuditLog", ".cs")).Concat(Repository.Files("src/Strongroom.Verifier", ".cs"))
            .Where(file => Path.GetFileName(file) != Seeded && File.ReadAllText(file) is var source && (source.Contains("new Random(", StringComparison.Ordinal) || source.Contains("Random.Shared", StringComparison.Ordinal)))
            .ShouldBeEmpty();
}
