namespace Strongroom.Modules.Branches;

internal static class BranchesRights
{
    public const string Read = "branches.read";

    /// <summary>Set-up: branches, hours, holidays, vaults, cabinets, types, lockers.</summary>
    public const string Write = "branches.write";

    /// <summary>Asking head office for an opening out of hours (R19d).</summary>
    public const string AskOutOfHours = "branches.out-of-hours";

    /// <summary>Taking a locker out of service and back: daily work at the branch, not set-up.</summary>
    public const string Condition = "branches.condition";

    /// <summary>Recording that the vault and its installations were inspected (R19e).</summary>
    public const string Inspect = "branches.inspect";
}
