namespace Strongroom.Modules.Contact;

internal static class ContactRights
{
    /// <summary>Sees to complaints.</summary>
    public const string Complaints = "contact.complaints";

    /// <summary>Sees the bank's texts and sends a trial to oneself.</summary>
    public const string Templates = "templates.try";

    public const string Read = "contact.read";
}
