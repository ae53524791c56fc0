using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

internal static class AgreementsAudit
{
    public static readonly AuditKind Made = new("agreements.made", "Agreement of hire made");
    public static readonly AuditKind Ended = new("agreements.ended", "Hire ended");
    public static readonly AuditKind PapersUpdated = new("agreements.papers-updated", "Agreement's papers updated");
    public static readonly AuditKind HoldPlaced = new("agreements.hold-placed", "Hold placed");
    public static readonly AuditKind HoldConfirmed = new("agreements.hold-confirmed", "Hold of the old register confirmed");
    public static readonly AuditKind HoldLiftAsked = new("agreements.hold-lift-asked", "Lifting of a hold asked for");
    public static readonly AuditKind HoldLifted = new("agreements.hold-lifted", "Hold lifted");
    public static readonly AuditKind DeathAsked = new("agreements.death-asked", "Asked that a person be marked as dead");
    public static readonly AuditKind DeathMarked = new("agreements.death-marked", "Person marked as dead");
    public static readonly AuditKind DeathReversalAsked = new("agreements.death-reversal-asked", "Asked that a person be marked as living again");
    public static readonly AuditKind DeathReversed = new("agreements.death-reversed", "Person marked as living again");
    public static readonly AuditKind AgentAppointed = new("agreements.agent-appointed", "Agent authorised by the hirers");
    public static readonly AuditKind AgentEnded = new("agreements.agent-ended", "Agent's authority ended");
    public static readonly AuditKind Nominated = new("agreements.nominated", "Nominees entered");
    public static readonly AuditKind NominationDeclined = new("agreements.nomination-declined", "Hirers declined to nominate");
    public static readonly AuditKind NominationAcknowledged = new("agreements.nomination-acknowledged", "Nomination acknowledged to the hirers");
    public static readonly AuditKind DocumentAdded = new("agreements.document-added", "Scanned paper added");
    public static readonly AuditKind Frozen = new("agreements.frozen", "Locker frozen by its hirer");
    public static readonly AuditKind UnfreezeAsked = new("agreements.unfreeze-asked", "Hirer began to unfreeze the locker");
    public static readonly AuditKind Unfrozen = new("agreements.unfrozen", "Locker unfrozen by its hirer");
    public static readonly AuditKind UnfrozenAtCounter = new("agreements.unfrozen-at-counter", "Locker unfrozen at the counter, with an identity check");

    public static Event About(this Event happened, Agreement agreement, PersonId hirer) =>
        happened.About(agreement.Id).About(agreement.Locker).About(agreement.Branch).About(hirer);
}
