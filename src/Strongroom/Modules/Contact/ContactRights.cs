namespace Strongroom.Modules.Contact;

internal static class ContactRights
{
    public const string Read = "contact.read";
}
