using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>What a bank may decide about hires.</summary>
public sealed record AgreementPolicy : IPolicy
{
    [Setting("A locker is let to at most", "hirers", Rule = "R10")]
    public int MostHirers { get; init; }
}
