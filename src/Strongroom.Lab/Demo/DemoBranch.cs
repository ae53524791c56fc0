using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Lab.Demo;

/// <summary>A locker and those who hire it.</summary>
/// <param name="Doubtful">A rule will warn: the officer writes a note.</param>
/// <param name="VisitsAYear">How often they come, on the average of many years.</param>
internal sealed record Letting(AgreementId Agreement, LockerId Locker, string Number, Mandate Mandate, IReadOnlyList<PersonId> Hirers, bool Doubtful, double VisitsAYear)
{
    /// <summary>Who may come instead of them by a letter of authority.</summary>
    public PersonId? Agent { get; set; }
}

/// <summary>One of the demo bank's branches at work.</summary>
internal sealed class DemoBranch(LabBank lab, BranchPlan plan, Player admin) : IStaffedBranch
{
    private Player? counter;

    public LabBank Lab => lab;

    public BranchPlan Plan => plan;

    public required BranchId Branch { get; init; }

    public Player Admin => admin;

    public Player Manager { get; private set; } = null!;

    public Player Custodian { get; private set; } = null!;

    /// <summary>Takes turns with the first, where there are two.</summary>
    public Player? Relief { get; private set; }

    public Player CounterOfficer => counter ?? Manager;

    public IReadOnlyList<Player> Officers => [.. new[] { Manager, Custodian, Relief, counter }.OfType<Player>()];

    public List<Letting> Lettings { get; } = [];

    /// <summary>Days on which the vault is closed though its week would have it open.</summary>
    public HashSet<DateOnly> Holidays { get; } = [];

    public void Staff(Player manager, Player custodian, Player? relief = null, Player? atCounter = null) =>
        (Manager, Custodian, Relief, counter) = (manager, custodian, relief, atCounter);

    public void TakeTurns()
    {
        if (Relief is { } other) (Custodian, Relief) = (other, Custodian);
    }

    public bool IsOpen(DateOnly date) => plan.Hours.ContainsKey(date.DayOfWeek) && !Holidays.Contains(date);

    public DateOnly OpenFrom(DateOnly date)
    {
        while (!IsOpen(date)) date = date.AddDays(1);
        return date;
    }
}
