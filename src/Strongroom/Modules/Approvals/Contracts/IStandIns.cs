namespace Strongroom.Modules.Approvals.Contracts;

/// <summary>
/// Who may stand in for whom. Approvals knows no postings and no policy, so it asks; the module that knows them answers. Asked when approvals are handed
/// over and again whenever a stand-in decides.
/// </summary>
public interface IStandIns
{
    /// <returns>Null for a branch that there is not.</returns>
    Task<StandInTerms?> Terms(BranchId? branch, DateTime now, CancellationToken cancel);

    /// <param name="right">The right to approve that the delegator has there.</param>
    /// <param name="branch">Null for the whole bank.</param>
    /// <returns>Everybody but the delegator who works there now, can sign in, and whose duties are not apart from the role that the delegator has the right by.</returns>
    Task<IReadOnlySet<PersonId>> Fit(PersonId delegator, string right, BranchId? branch, DateTime now, CancellationToken cancel);

    /// <summary>Whether somebody has a role in the bank at all: who left it stands in for nobody, whatever was handed over to them.</summary>
    Task<bool> WorksHere(PersonId person, DateTime now, CancellationToken cancel);
}

/// <param name="MostDays">For how many days approvals may be handed over at a time.</param>
/// <param name="Zone">In whose days.</param>
/// <param name="Place">The branch's name; null for everywhere.</param>
public sealed record StandInTerms(int MostDays, string Zone, string? Place);

/// <summary>Raised when approvals were handed over.</summary>
public sealed record ApprovalsHandedOver(DelegationId Delegation, PersonId Delegator, PersonId StandIn);

/// <summary>Raised when a delegation ended before its time.</summary>
public sealed record ApprovalsTakenBack(DelegationId Delegation, PersonId Delegator, PersonId StandIn);
