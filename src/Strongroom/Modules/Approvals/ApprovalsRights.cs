namespace Strongroom.Modules.Approvals;

internal static class ApprovalsRights
{
    /// <summary>The door to requests. Which of them one reads or decides is a matter of each kind's own rights.</summary>
    public const string Read = "approvals.read";

    /// <summary>Audit's right to read any event: who has it reads why approvals were handed over.</summary>
    public const string ReadLog = "audit.read";
}
