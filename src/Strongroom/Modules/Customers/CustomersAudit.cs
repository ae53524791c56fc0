using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers;

internal static class CustomersAudit
{
    public static readonly AuditKind Registered = new("customers.registered", "Person registered");
    public static readonly AuditKind Edited = new("customers.edited", "Person's particulars changed");
    public static readonly AuditKind ChannelAdded = new("customers.channel-added", "Way to reach the person added");
    public static readonly AuditKind ChannelRemoved = new("customers.channel-removed", "Way to reach the person removed");
    public static readonly AuditKind DueDiligenceDone = new("customers.due-diligence-done", "Due diligence done");
    public static readonly AuditKind PhotographTaken = new("customers.photograph-taken", "Photograph taken");
    public static readonly AuditKind Invited = new("customers.invited", "Online access offered");
}
