using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Access;

/// <summary>What a bank may decide about visits. Numbers are bounded by the jurisdiction's pack.</summary>
public sealed record AccessPolicy : IPolicy
{
    [Setting("A photograph counts as old after", "years", Rule = "R0b")]
    public int PhotographYears { get; init; }

    [Setting("Rent may be overdue before a warning is given for", "days", Rule = "R12")]
    public int RentGraceDays { get; init; }

    [Setting("Visits in a year without a charge", "visits", Rule = "R14")]
    public int FreeVisits { get; init; }

    [Setting("An act of a visit can be undone for", "minutes", Rule = "R19b")]
    public int UndoMinutes { get; init; }

    /// <summary>Ids of warn rules ("rent", "photograph") that this bank refuses for, separated by commas.</summary>
    [Setting("Warnings that refuse", Rule = "R12", Words = new[] { "due-diligence", "photograph", "agreement-papers", "rent", "key-embossed" })]
    public string WarningsThatRefuse { get; init; } = "";

    [Setting("A second officer at every visit", Rule = "R12")]
    public bool SecondOfficer { get; init; }

    [Setting("A second officer at an agent's visit", Rule = "R12")]
    public bool SecondOfficerForAgent { get; init; }

    [Setting("A second officer at a dormant locker", Rule = "R12")]
    public bool SecondOfficerForDormant { get; init; }

    [Setting("A locker is dormant when nobody has come for", "years", Rule = "R40")]
    public int DormantYears { get; init; }

    [Setting("Somebody inside is looked after when longer than", "minutes", Rule = "R18")]
    public int LongVisitMinutes { get; init; }

    public bool Refuses(string rule) =>
        WarningsThatRefuse.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(rule, StringComparer.Ordinal);
}
