using Strongroom.Modules.SignIn.Provider;

namespace Strongroom.Tests.Modules.SignIn.Provider;

public sealed class ProviderDecisionTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("", "", "pwd otp mfa", "gold", false)]   // the bank did not say what it takes
    [InlineData("mfa", "", "pwd otp mfa", null, true)]
    [InlineData("mfa", "", "pwd", null, false)]
    [InlineData("mfa", "", "", null, false)]
    [InlineData("mfa hwk", "", "mfa", null, false)]      // all of them
    [InlineData("mfa hwk", "", "hwk pwd mfa", null, true)]
    [InlineData("mfa", "", "MFA", null, false)]
    [InlineData("", "silver gold", "pwd", "gold", true)] // one of them
    [InlineData("", "silver gold", "mfa", "bronze", false)]
    [InlineData("", "silver gold", "mfa", null, false)]
    [InlineData("mfa", "gold", "mfa", "silver", false)]  // both demands
    [InlineData("mfa", "gold", "mfa", "gold", true)]
    public void The_providers_word_is_enough_only_with_what_the_bank_demands(string amr, string acr, string saidAmr, string? saidAcr, bool enough) =>
        ProviderDecision.Suffices(new("issuer", "subject", Words(saidAmr), saidAcr, Now), Words(amr), Words(acr)).ShouldBe(enough);

    [Theory]
    [InlineData(0, true)]
    [InlineData(-60, true)]    // the skew is inside
    [InlineData(-61, false)]
    [InlineData(90, true)]     // half a minute after we look, by a clock that is ahead
    [InlineData(91, false)]
    [InlineData(null, false)]
    public void A_sign_in_at_the_provider_counts_from_when_it_was_asked_for(int? seconds, bool recent) =>
        ProviderDecision.IsRecent(new("issuer", "subject", [], null, seconds is { } after ? Now.AddSeconds(after) : null), Now, Now.AddSeconds(30), TimeSpan.FromSeconds(60)).ShouldBe(recent);

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
