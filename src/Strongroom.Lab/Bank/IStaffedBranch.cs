namespace Strongroom.Lab.Bank;

/// <summary>A branch with officers in it: all that its day's acts need to know.</summary>
public interface IStaffedBranch
{
    LabBank Lab { get; }

    BranchId Branch { get; }

    Player Admin { get; }

    Player Manager { get; }

    /// <summary>Who takes the guard keys today, and serves the vault.</summary>
    Player Custodian { get; }

    /// <summary>Who receives; in a small branch the manager does.</summary>
    Player CounterOfficer { get; }
}
