using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Keys;

/// <summary>What a bank asks for a key that its hirer lost. Recorded with the loss; it is collected with the rent.</summary>
public sealed record KeyPolicy : IPolicy
{
    [Setting("Charge for a lost key and the new lock, in whole units of the currency", "", Rule = "R21k")]
    public int LostKeyCharge { get; init; }

    [Setting("Currency of the charge", Rule = "R21k", Words = ["INR", "USD"])]
    public string Currency { get; init; } = "";
}
