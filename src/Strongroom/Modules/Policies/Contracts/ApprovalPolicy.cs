namespace Strongroom.Modules.Policies.Contracts;

/// <summary>
/// How many others must agree to what one person asks. Here and not in Approvals, which comes earlier and knows no policy: the module that asks reads it.
/// A law's floor is one: no bank can decide that nobody else is needed.
/// </summary>
public sealed record ApprovalPolicy : IPolicy
{
    [Setting("Others who approve that a role is given", "persons")]
    public int OthersForRole { get; init; }

    [Setting("Others who approve a policy", "persons")]
    public int OthersForPolicy { get; init; }

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
            WaitDays = all.Min(one => one.WaitDays),
            StandInDays = all.Min(one => one.StandInDays),
        };
    }
}
