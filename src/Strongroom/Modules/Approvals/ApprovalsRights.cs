namespace Strongroom.Modules.Approvals;

internal static class ApprovalsRights
{
    /// <summary>The door to requests. Which of them one reads or decides is a matter of each kind's own rights.</summary>
    public const string Read = "approvals.read";
}
