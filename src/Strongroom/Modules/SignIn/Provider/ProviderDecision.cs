namespace Strongroom.Modules.SignIn.Provider;

/// <summary>What a token said whose signature, issuer, audience, nonce and expiry were found right.</summary>
/// <param name="ProvedAt">When the person last proved to the provider to be it (auth_time); null where it does not say.</param>
internal sealed record ProviderWord(string Issuer, string Subject, IReadOnlyList<string> Amr, string? Acr, DateTime? ProvedAt);

internal static class ProviderDecision
{
    /// <param name="since">The earliest instant at which the person may have signed in at the provider, by our clock.</param>
    public static bool IsRecent(ProviderWord word, DateTime since, DateTime now, TimeSpan skew) => word.ProvedAt is { } at && at >= since - skew && at <= now + skew;

    /// <summary>Whether the provider's word is enough without a second factor of ours: never, where the bank did not say what it takes.</summary>
    public static bool Suffices(ProviderWord word, IReadOnlyList<string> amr, IReadOnlyList<string> acr) =>
        (amr.Count > 0 || acr.Count > 0) && amr.All(word.Amr.Contains) && (acr.Count == 0 || (word.Acr is { } said && acr.Contains(said)));
}
