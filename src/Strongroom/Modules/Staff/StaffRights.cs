namespace Strongroom.Modules.Staff;

internal static class StaffRights
{
    public const string Read = "staff.read";

    /// <summary>Officers, postings and roles, training.</summary>
    public const string Write = "staff.write";

    /// <summary>To say in words what was done with an emergency access.</summary>
    public const string Review = "staff.review";

    /// <summary>Whom officers have declared as family. Relatives are customers, so head office's set-up people do not see them.</summary>
    public const string Relatives = "staff.relatives";
}
