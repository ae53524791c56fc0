using Strongroom.Web.Desk;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Office;

/// <summary>What waits for an administrator, the most urgent first.</summary>
public static class AdministratorsWork
{
    public static IReadOnlyList<WorkLine> Of(AdministratorsCounts counts) =>
    [
        .. new WorkLine[]
        {
            new(Tone.Danger, counts.Clashes, "posting that grants nothing, because its officer holds a role that belongs apart", "postings that grant nothing, because their officers hold roles that belong apart", "See who", "/office/duties"),
            new(Tone.Danger, counts.Lapsed, "role that grants nothing any more, because nobody confirmed it", "roles that grant nothing any more, because nobody confirmed them", "Confirm or end", "/office/recertification"),
            new(Tone.Waits, counts.Approvals, "request for your approval", "requests for your approval", "Read and decide", "/desk/approvals"),
            new(Tone.Waits, counts.ToConfirm, "role to be confirmed", "roles to be confirmed", "Look at each", "/office/recertification"),
        }.Where(line => line.Count > 0),
    ];
}

public sealed record AdministratorsCounts
{
    public int Clashes { get; init; }

    public int Lapsed { get; init; }

    public int Approvals { get; init; }

    /// <summary>Due or past their day, and counting still.</summary>
    public int ToConfirm { get; init; }
}
