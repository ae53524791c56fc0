namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// How many others must agree to what one person asks. Here and not in Approvals, which comes earlier and knows no policy: the module that asks reads it.
/// A law's floor is one: no bank can decide that nobody else is needed, but for a precaution of its own, which one officer may take back.
/// </summary>
public sealed record ApprovalPolicy : IPolicy
{
    [Setting("Others who approve that a role is given", "persons")]
    public int OthersForRole { get; init; }

    [Setting("Others who approve a policy", "persons")]
    public int OthersForPolicy { get; init; }

    [Setting("Others who approve that a hold is lifted against which another’s word stands: a court’s, an authority’s, an heir’s, the hirer’s", "persons")]
    public int OthersForHold { get; init; }

    [Setting("Others who approve that a precaution is lifted: suspicion, arrears of rent", "persons")]
    public int OthersForPrecaution { get; init; }

    [Setting("Others who approve that a visit’s record is corrected", "persons", Rule = "R19c")]
    public int OthersForCorrection { get; init; }

    [Setting("Others who approve that a person is marked dead, or was marked so by mistake", "persons", Rule = "R55")]
    public int OthersForDeath { get; init; }

    /// <summary>In files of one person within a day. Up to it, that number included, nobody else is asked.</summary>
    [Setting("Rows with names that one person takes in files within a day without approval", "rows")]
    public int ExportRows { get; init; }

    [Setting("Others who approve a file with more", "persons")]
    public int OthersForExport { get; init; }

    [Setting("Others who approve that the lock of a locker is replaced", "persons", Rule = "R21k")]
    public int OthersForLock { get; init; }

    [Setting("A request waits for", "days")]
    public int WaitDays { get; init; }

    [Setting("Approvals are handed to a stand-in for at most", "days")]
    public int StandInDays { get; init; }

    public TimeSpan Life => TimeSpan.FromDays(WaitDays);
}

public static class ApprovalPolicies
{
    /// <summary>The strictest of the bank's policy and, for a branch, the branch's own: a branch cannot need fewer than the bank. For the whole bank, of all its laws.</summary>
    /// <param name="jurisdiction">Of the branch, or of the bank's policy that is decided; null for what holds in all of them.</param>
    public static async Task<ApprovalPolicy> Approvals(this PolicyBook book, string? jurisdiction, BranchId? branch, DateOnly date, CancellationToken cancel)
    {
        var all = new List<ApprovalPolicy>();
        foreach (var law in jurisdiction is null ? book.Jurisdictions.Select(one => one.Code) : [jurisdiction])
            all.Add((await book.At<ApprovalPolicy>(law, null, date, cancel)).Values);
        if (branch is not null && jurisdiction is not null) all.Add((await book.At<ApprovalPolicy>(jurisdiction, branch, date, cancel)).Values);
        return new()
        {
            OthersForRole = all.Max(one => one.OthersForRole),
            OthersForPolicy = all.Max(one => one.OthersForPolicy),
            OthersForHold = all.Max(one => one.OthersForHold),
            OthersForPrecaution = all.Max(one => one.OthersForPrecaution),
            OthersForCorrection = all.Max(one => one.OthersForCorrection),
            OthersForDeath = all.Max(one => one.OthersForDeath),
            ExportRows = all.Min(one => one.ExportRows),
            OthersForExport = all.Max(one => one.OthersForExport),
            OthersForLock = all.Max(one => one.OthersForLock),
            WaitDays = all.Min(one => one.WaitDays),
            StandInDays = all.Min(one => one.StandInDays),
        };
    }
}
