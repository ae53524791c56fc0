using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Modules.Contact;

/// <summary>Who hands approvals over and who stands in both read it on their next page: neither becomes it, or ceases to be it, without knowing.</summary>
internal static class TellOfStandIn
{
    public static Task On(StrongroomDb db, Act act, ApprovalsHandedOver handed, CancellationToken cancel) =>
        Tell(db, act, NoticeKind.ApprovalsHandedOver, handed.Delegation, handed.Delegator, handed.StandIn);

    public static Task On(StrongroomDb db, Act act, ApprovalsTakenBack taken, CancellationToken cancel) =>
        Tell(db, act, NoticeKind.ApprovalsTakenBack, taken.Delegation, taken.Delegator, taken.StandIn);

    private static Task Tell(StrongroomDb db, Act act, NoticeKind kind, DelegationId delegation, params PersonId[] persons)
    {
        foreach (var person in persons) db.Notify(act, person, kind, Subject.Of(delegation));
        return Task.CompletedTask;
    }
}
