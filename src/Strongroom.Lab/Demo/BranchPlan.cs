using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Lab.Demo;

/// <summary>Lockers of one type, row by row.</summary>
internal sealed record Run(string Type, int Count, int Columns)
{
    public int Rows => (Count + Columns - 1) / Columns;
}

/// <param name="FirstNumber">The numbers count up through the runs, which stand one below the other.</param>
internal sealed record CabinetPlan(string Vault, string Name, string FirstNumber, LockKind Lock, params IReadOnlyList<Run> Runs);

/// <param name="Occupancy">The share of its lockers that are let.</param>
/// <param name="Joint">The share of hires with several hirers.</param>
/// <param name="Photographed">The share of hirers with a photograph.</param>
/// <param name="Cabinets">None for the branch that brings them in its old register.</param>
internal sealed record BranchPlan(
    string Code, string Name, LocationClass Class, int PartyLimit, IReadOnlyDictionary<DayOfWeek, DayHours> Hours,
    double Occupancy, double Joint, double Photographed, IReadOnlyList<CabinetPlan> Cabinets);

/// <summary>The demo bank's three branches: sizes near small 55, medium 28, large 13, extra large 4 of a hundred.</summary>
internal static class BranchPlans
{
    public const string Zone = "Asia/Kolkata";

    /// <summary>The head branch: long hours, two vaults, one cabinet of electronic locks. README's tour takes place here: 101 is Asha's, 114 under a court's order.</summary>
    public static readonly BranchPlan Metro = new(
        "MGR", "MG Road", LocationClass.Metro, PartyLimit: 3, Week(new(9, 30), new(18, 0), saturday: new(15, 0)), Occupancy: 0.92, Joint: 0.55, Photographed: 0.85,
        [
            new("Vault 1", "Cabinet A", "101", LockKind.Mechanical, new Run("B", 42, 6)),
            new("Vault 1", "Cabinet B", "143", LockKind.Mechanical, new Run("A", 48, 8)),
            new("Vault 1", "Cabinet C", "191", LockKind.Mechanical, new Run("E", 40, 3)),
            new("Vault 1", "Cabinet D", "231", LockKind.Mechanical, new Run("H", 24, 3)),
            new("Vault 1", "Cabinet E", "255", LockKind.Mechanical, new Run("D", 30, 3)),
            new("Vault 1", "Cabinet F", "285", LockKind.Mechanical, new Run("L", 12, 2)),
            new("Vault 1", "Cabinet G", "297", LockKind.Mechanical, new Run("C", 40, 4)),
            new("Vault 2", "Cabinet H", "401", LockKind.Mechanical, new Run("B", 42, 6), new Run("F", 16, 4)),
            new("Vault 2", "Cabinet J", "459", LockKind.Mechanical, new Run("G", 18, 2)),
            new("Vault 2", "Cabinet K", "K-01", LockKind.Electronic, new Run("B", 12, 4), new Run("E", 8, 2)),
        ]);

    /// <summary>The branch that moved in from a spreadsheet: what it has stands in <see cref="OldRegister"/>.</summary>
    public static readonly BranchPlan SemiUrban = new(
        "WAI", "Wai Bazaar", LocationClass.SemiUrban, PartyLimit: 2, Week(new(10, 0), new(16, 0), saturday: new(13, 0)), Occupancy: 0.78, Joint: 0.55, Photographed: 0, []);

    /// <summary>Two officers, one party at a time, closed on Wednesdays and at the week's end.</summary>
    public static readonly BranchPlan Rural = new(
        "TAM", "Tamhini Village", LocationClass.Rural, PartyLimit: 1,
        new[] { DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Thursday, DayOfWeek.Friday }.ToDictionary(day => day, _ => new DayHours(new(10, 30), new(14, 0))),
        Occupancy: 0.63, Joint: 0.4, Photographed: 0.6,
        [
            new("Strong room", "Almirah 1", "1", LockKind.Mechanical, new Run("B", 50, 5)),
            new("Strong room", "Almirah 2", "51", LockKind.Mechanical, new Run("D", 24, 3)),
            new("Strong room", "Almirah 3", "75", LockKind.Mechanical, new Run("H", 12, 3), new Run("L", 4, 2)),
        ]);

    private static Dictionary<DayOfWeek, DayHours> Week(TimeOnly opens, TimeOnly closes, TimeOnly saturday) =>
        Enum.GetValues<DayOfWeek>().Where(day => day != DayOfWeek.Sunday).ToDictionary(day => day, day => new DayHours(opens, day == DayOfWeek.Saturday ? saturday : closes));
}
