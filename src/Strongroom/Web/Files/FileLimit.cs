using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Web.Files;

internal sealed record FileNeedsApproval(int Rows, int Taken, int Limit) : Refusal("files.needs-approval", 403,
    string.Create(CultureInfo.InvariantCulture, $"The file has {Rows:N0} rows with names. You took {Taken:N0} in the last 24 hours, and may take {Limit:N0} without a colleague’s approval."),
    "Narrow the list, or ask for approval at /desk/files.");

/// <summary>How a file stands to what its taker may have alone.</summary>
/// <param name="Branch">Where an approval of it would be asked; null for the whole bank.</param>
/// <param name="Last">The number of the person's last file, as it was before <paramref name="Taken"/> was summed: who notes the next one by it, and was not alone meanwhile, is refused.</param>
/// <param name="Taken">Rows with names that the person took alone within the last 24 hours.</param>
internal sealed record FileStanding(BranchFacts? Branch, ApprovalPolicy Policy, int Last, int Taken)
{
    /// <summary>The limit itself is inside. A file without a row is nobody's.</summary>
    public bool NeedsApproval(FileAddress address, FileToBe file) => address.Names && file.Rows > 0 && (long)Taken + file.Rows > Policy.ExportRows;
}

/// <summary>How many names leave the bank in one person's files before somebody else is asked; many small files count like one large one.</summary>
internal sealed class FileLimit(StrongroomDb db, PolicyBook policies, DeskBranch desk)
{
    public static readonly TimeSpan Within = TimeSpan.FromHours(24);

    public async Task<FileStanding> Of(Act act, FileAddress address, FileToBe file, CancellationToken cancel)
    {
        var branch = file.Branch is { } at ? await db.BranchFacts().SingleAsync(row => row.Id == at, cancel)
            : act.Actor.MayEverywhere(address.Right) ? null : await desk.Of(address.Right, null, cancel);
        var policy = await policies.Approvals(branch?.Jurisdiction, branch?.Id, act.Now.DateIn(branch?.Zone ?? "UTC"), cancel);
        var (person, since) = (act.Actor.Person!.Value, act.Now - Within);
        // Before the sum, or a file that another request noted between the two would be in the number and not in the sum.
        var last = await Last(person, cancel);
        var taken = await db.Set<FileTaken>().Where(row => row.Person == person && row.Approval == null && row.At > since).SumAsync(row => row.Rows, cancel);
        return new(branch, policy, last, taken);
    }

    /// <summary>Writes down that it is taken now, alone, by what was read when it was allowed.</summary>
    public void Note(Act act, FileToBe file, FileStanding standing) => Note(act, file, standing.Last, approval: null);

    /// <summary>Writes down that it is taken now, as others approved.</summary>
    public async Task Note(Act act, FileToBe file, ApprovalId approval, CancellationToken cancel) => Note(act, file, await Last(act.Actor.Person!.Value, cancel), approval);

    private void Note(Act act, FileToBe file, int last, ApprovalId? approval) =>
        db.Add(new FileTaken { Person = act.Actor.Person!.Value, Number = last + 1, Rows = file.Rows, Approval = approval, At = act.Now });

    private async Task<int> Last(PersonId person, CancellationToken cancel) => await db.Set<FileTaken>().Where(row => row.Person == person).MaxAsync(row => (int?)row.Number, cancel) ?? 0;
}
