using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Approvals;

internal static class ApprovalsAudit
{
    public static readonly AuditKind
        Made = new("approvals.made", "Approval asked for"),
        SignatureAsked = new("approvals.asked-to-sign", "Request read and about to be approved"),
        Approved = new("approvals.approved", "Request approved"),
        Rejected = new("approvals.rejected", "Request rejected"),
        Withdrawn = new("approvals.withdrawn", "Request withdrawn by its maker"),
        Expired = new("approvals.expired", "Request not decided in time"),
        Used = new("approvals.used", "Approved request carried out"),
        HandOverAsked = new("approvals.hand-over-asked", "About to hand over approvals to a colleague"),
        HandedOver = new("approvals.handed-over", "Approvals handed over to a colleague for a time"),
        TakenBack = new("approvals.taken-back", "Approvals handed over no longer");
}
