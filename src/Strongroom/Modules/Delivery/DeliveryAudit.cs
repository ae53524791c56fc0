using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Delivery;

internal static class DeliveryAudit
{
    public static readonly AuditKind Accepted = new("delivery.accepted", "Message accepted by the mail server");
    public static readonly AuditKind Failed = new("delivery.failed", "Message could not be delivered");
    public static readonly AuditKind Revealed = new("delivery.revealed", "Message's text read by staff");

    public static Event About(this Event happened, Message message) => happened
        .About(message.Id).About(message.To).About(message.Branch).About([new Subject(message.ReferenceKind, message.Reference)])
        .With("purpose", message.Purpose);
}
