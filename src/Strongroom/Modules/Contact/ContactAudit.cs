using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Contact;

internal static class ContactAudit
{
    public static readonly AuditKind Raised = new("contact.obligation-raised", "Hirers must be told of the operation");
    public static readonly AuditKind Told = new("contact.told", "Hirer told of the operation");
    public static readonly AuditKind Met = new("contact.obligation-met", "Hirers told of the operation");
    public static readonly AuditKind PastDue = new("contact.obligation-past-due", "Hirers not told of the operation in time");
    public static readonly AuditKind ComplaintOpened = new("contact.complaint-opened", "Complaint opened");
    public static readonly AuditKind ComplaintSeen = new("contact.complaint-seen", "Complaint seen to");
    public static readonly AuditKind TestSent = new("contact.test-sent", "Trial of a text sent");

    public static Event About(this Event happened, Obligation obligation) =>
        happened.About(obligation.Id).About([new Subject(obligation.ReferenceKind, obligation.Reference)]).About(obligation.Agreement).About(obligation.Branch);
}
