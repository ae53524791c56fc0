using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

/// <summary>Something that waits for the manager: how many, where they stand, and what to do with the first.</summary>
public sealed record WorkLine(Tone Tone, int Count, string One, string Many, string Next, string Href)
{
    public string What => Count == 1 ? One : Many;
}

/// <summary>What waits, in the order in which it cannot wait: people and doors, what the law sets a date for, those who stand at a counter, then the rest.</summary>
public static class ManagersWork
{
    /// <param name="page">The address of the work page with its branch, on which the lists stand.</param>
    public static IReadOnlyList<WorkLine> Of(BranchId branch, string page, ManagersCounts counts) =>
    [
        .. new WorkLine[]
        {
            new(Tone.Danger, counts.Occurrences, "thing that went wrong at the vault", "things that went wrong at the vault", "See to it", $"/desk/occurrences?branch={branch}"),
            new(Tone.Danger, counts.Emergencies, "emergency access that is open or not reviewed", "emergency accesses that are open or not reviewed", "See what was done", "/office/break-glass"),
            new(Tone.Danger, counts.PastDue, "hirer who was not told in time", "operations whose hirers were not told in time", "Find another way to reach them", $"/desk/obligations?branch={branch}"),
            new(Tone.Waits, counts.ToSign, "request for your signature", "requests for your signature", "Read and sign", "/sign"),
            new(Tone.Waits, counts.Approvals, "request for your approval", "requests for your approval", "Read and decide", $"{page}#approvals"),
            new(Tone.Waits, counts.Complaints, "complaint", "complaints", "Look into it", $"{page}#complaints"),
            new(Tone.Waits, counts.Holds, "hold that nobody has confirmed", "holds that nobody has confirmed", "Confirm or lift", $"{page}#holds"),
            new(Tone.Waits, counts.VisitWarnings, "visit admitted with a warning", "visits admitted with a warning", "See to it", $"{page}#warnings"),
            new(Tone.Waits, counts.Inspections, "inspection due", "inspections due", "Record it", $"{page}#inspections"),
            new(Tone.Waits, counts.Officers, "training or declaration of an officer due", "trainings and declarations of officers due", "Speak with the officer", $"{page}#officers"),
            new(Tone.Info, counts.ImportDoubts, "doubt of the old register", "doubts of the old register", "Clear the file", $"{page}#doubts"),
        }.Where(line => line.Count > 0),
    ];
}

public sealed record ManagersCounts
{
    public int Occurrences { get; init; }

    public int Emergencies { get; init; }

    public int PastDue { get; init; }

    public int ToSign { get; init; }

    public int Approvals { get; init; }

    public int Complaints { get; init; }

    public int Holds { get; init; }

    public int VisitWarnings { get; init; }

    public int Inspections { get; init; }

    public int Officers { get; init; }

    public int ImportDoubts { get; init; }
}
