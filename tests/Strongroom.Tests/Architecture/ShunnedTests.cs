namespace Strongroom.Tests.Architecture;

/// <summary>What the server's source does not call, because each has undone a defence somewhere.</summary>
public sealed class ShunnedTests
{
    /// <summary>Ids of a simulated bank are the same every time; a bank's own come from the cryptographic generator.</summary>
    private const string Seeded = "IdSource.cs";

    /// <summary>The framework has decoded what comes in; to decode it again lets through what was looked at encoded. And no text is ever markup.</summary>
    [Theory]
    [InlineData("UrlDecode")]
    [InlineData("HtmlDecode")]
    [InlineData("UnescapeDataString")]
    [InlineData("MarkupString")]
    public void Nothing_is_decoded_a_second_time_and_no_text_becomes_markup(string word) =>
        Repository.Files("src/Strongroom", ".cs").Concat(Repository.Files("src/Strongroom", ".razor"))
            .Where(file => File.ReadAllText(file).Contains(word, StringComparison.Ordinal)).ShouldBeEmpty();

    [Fact]
    public void The_server_draws_random_numbers_from_the_cryptographic_generator_alone() =>
        Repository.Files("src/Strongroom", ".cs").Concat(Repository.Files("src/Strongroom.AuditLog", ".cs")).Concat(Repository.Files("src/Strongroom.Verifier", ".cs"))
            .Where(file => Path.GetFileName(file) != Seeded && File.ReadAllText(file) is var source && (source.Contains("new Random(", StringComparison.Ordinal) || source.Contains("Random.Shared", StringComparison.Ordinal)))
            .ShouldBeEmpty();
}
