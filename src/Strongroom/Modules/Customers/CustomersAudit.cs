using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers;

internal static class CustomersAudit
{
    public static readonly AuditKind Registered = new("customers.registered", "Person registered");
    public static readonly AuditKind Edited = new("customers.edited", "Person's particulars changed");
    public static readonly AuditKind ChannelAdded = new("customers.channel-added", "Way to reach the person added");
    public static readonly AuditKind ChannelAsked = new("customers.channel-asked", "Person asked on their own page for another address");
    public static readonly AuditKind ChannelAgreed = new("customers.channel-agreed", "Old address agreed to be replaced");
    public static readonly AuditKind ChannelRemoved = new("customers.channel-removed", "Way to reach the person removed");
    public static readonly AuditKind DueDiligenceDone = new("customers.due-diligence-done", "Due diligence done");
    public static readonly AuditKind PhotographTaken = new("customers.photograph-taken", "Photograph taken");
    public static readonly AuditKind SpecimenTaken = new("customers.specimen-taken", "Specimen signature taken");
    public static readonly AuditKind SignatoryAdded = new("customers.signatory-added", "Signatory of the organisation entered");
    public static readonly AuditKind SignatoryEnded = new("customers.signatory-ended", "Signatory acts for the organisation no more");
    public static readonly AuditKind ChannelCodeSent = new("customers.channel-code-sent", "Code sent to confirm an address");
    public static readonly AuditKind ChannelCodeWrong = new("customers.channel-code-wrong", "Wrong code entered for an address");
    public static readonly AuditKind ChannelVerified = new("customers.channel-verified", "Address verified by a code");
    public static readonly AuditKind ConsentGiven = new("customers.consent-given", "Consent given");
    public static readonly AuditKind ConsentWithdrawn = new("customers.consent-withdrawn", "Consent withdrawn");
    public static readonly AuditKind LanguageChosen = new("customers.language-chosen", "Person chose the language that we write in");
    public static readonly AuditKind Invited = new("customers.invited", "Online access offered");
    public static readonly AuditKind StartedOver = new("customers.started-over", "Online access offered anew");
    public static readonly AuditKind CodeWordSet = new("customers.code-word-set", "Code word for the counter set or taken away");
}
