namespace Strongroom.Modules.Policies;

internal static class PoliciesRights
{
    public const string Read = "policies.read";

    /// <summary>In the whole bank: for the bank and every branch. At a branch: for that branch.</summary>
    public const string Set = "policies.set";
}
