using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Delivery;

internal static class DeliveryAudit
{
    public static readonly AuditKind Accepted = new("delivery.accepted", "Message accepted on its way");
    public static readonly AuditKind Delivered = new("delivery.delivered", "SMS arrived on the telephone");
    public static readonly AuditKind Posted = new("delivery.posted", "Letter posted");
    public static readonly AuditKind Returned = new("delivery.returned", "Letter came back");
    public static readonly AuditKind Printed = new("delivery.printed", "Letter opened to print");
    public static readonly AuditKind Failed = new("delivery.failed", "Message could not be delivered");
    public static readonly AuditKind Revealed = new("delivery.revealed", "Message's text read by staff");

    public static Event About(this Event happened, Message message) => happened
        .About(message.Id).About(message.To).About(message.Branch).About([new Subject(message.ReferenceKind, message.Reference)])
        .With("purpose", message.Purpose);
}
