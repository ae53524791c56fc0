using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Staff.Contracts;

/// <summary>How often each role is confirmed by another person, and what follows when nobody does. No bank can decide that it is done less than once a year.</summary>
public sealed record StaffPolicy : IPolicy
{
    [Setting("A role is confirmed anew every", "days")]
    public int RecertifyDays { get; init; }

    [Setting("It stands on the list of work before that for", "days")]
    public int RecertifyNoticeDays { get; init; }

    [Setting("Not confirmed, it grants nothing any more after another", "days")]
    public int RecertifyGraceDays { get; init; }
}

public static class StaffPolicies
{
    /// <summary>The strictest of the bank's policy and, for a branch, the branch's own; for the whole bank, of all its laws.</summary>
    /// <param name="jurisdiction">Of the branch; null for what holds in all of them.</param>
    public static async Task<StaffPolicy> Staff(this PolicyBook book, string? jurisdiction, BranchId? branch, DateOnly date, CancellationToken cancel)
    {
        var all = new List<StaffPolicy>();
        foreach (var law in jurisdiction is null ? book.Jurisdictions.Select(one => one.Code) : [jurisdiction])
            all.Add((await book.At<StaffPolicy>(law, null, date, cancel)).Values);
        if (branch is not null && jurisdiction is not null) all.Add((await book.At<StaffPolicy>(jurisdiction, branch, date, cancel)).Values);
        return new()
        {
            RecertifyDays = all.Min(one => one.RecertifyDays),
            RecertifyNoticeDays = all.Max(one => one.RecertifyNoticeDays),
            RecertifyGraceDays = all.Min(one => one.RecertifyGraceDays),
        };
    }

    /// <summary>For how many days a role stands on the list of work before its day: of the whole bank, and at each of these branches. One question for each law, and one for each branch that decided for itself.</summary>
    internal static async Task<(int Bank, IReadOnlyDictionary<BranchId, int> At)> NoticeDays(this PolicyBook book, IReadOnlyList<BranchFacts> branches, DateTime now, CancellationToken cancel)
    {
        var own = await book.BranchesWithTheirOwn<StaffPolicy>(cancel);
        Dictionary<(string Law, BranchId? Branch, DateOnly Today), int> known = [];
        Dictionary<BranchId, int> at = [];
        foreach (var branch in branches)
        {
            var (law, decides, today) = (branch.Jurisdiction, own.Contains(branch.Id) ? (BranchId?)branch.Id : null, now.DateIn(branch.Zone));
            if (!known.TryGetValue((law, decides, today), out var days)) known[(law, decides, today)] = days = (await book.Staff(law, decides, today, cancel)).RecertifyNoticeDays;
            at[branch.Id] = days;
        }
        return ((await book.Staff(null, null, now.DateIn("UTC"), cancel)).RecertifyNoticeDays, at);
    }
}
