using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Staff;

public sealed record OfficerLine(OfficerId Id, string Name, string StaffNumber, IReadOnlyList<PostingLine> Postings, bool SignsIn, DateOnly? TrainedUntil, DateTime? LeftAt);

public sealed record TrainingLine(TrainingKind Kind, DateOnly DoneOn, DateOnly Until);

/// <param name="Until">The first day on which it holds no more.</param>
/// <param name="EndedAt">When it was ended before its time.</param>
/// <param name="RecertifyBy">By when another administrator is to confirm it.</param>
public sealed record PostingLine(PostingId Id, Role Role, BranchId? Branch, string? BranchName, DateOnly From, DateOnly? Until, DateTime? EndedAt, DateOnly RecertifyBy);

public sealed record RelativeLine(RelativeId Id, PersonId Person, string Name, Relation Relation, DateOnly DeclaredOn);

/// <param name="Relatives">Null for a reader to whom they do not belong.</param>
public sealed record OfficerDetail(
    OfficerId Id, PersonId Person, string Name, string StaffNumber, string? UserName, bool Activated, bool SignInClosed, IReadOnlyList<TrainingLine> Trainings, DateTime? LeftAt,
    IReadOnlyList<PostingLine> Postings, IReadOnlyList<PostingLine> Former, IReadOnlyList<RelativeLine>? Relatives, DateOnly? RelativesConfirmedOn, long Version);

/// <summary>Officers: all of them for the whole bank's readers, otherwise those posted at the reader's branches.</summary>
internal sealed class ReadStaff(StrongroomDb db, CurrentActor current)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<OfficerLine> Officers, int Total)> Page(string? text, bool left, ListQuery list, int take, CancellationToken cancel)
    {
        var found = from officer in Mine()
                    join person in db.PersonFacts() on officer.Person equals person.Id
                    where (officer.LeftAt != null) == left
                    select new { officer, person.Name };
        if (text?.Trim() is { Length: > 0 } asked)
        {
            var named = db.PersonsNamed(asked);
            found = found.Where(row => named.Contains(row.officer.Person) || row.officer.StaffNumber == asked);
        }
        var total = await found.CountAsync(cancel);
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("number", false) => found.OrderBy(row => row.officer.StaffNumber),
            ("number", true) => found.OrderByDescending(row => row.officer.StaffNumber),
            (_, true) => found.OrderByDescending(row => row.Name),
            _ => found.OrderBy(row => row.Name),
        };
        var officers = await ordered.ThenBy(row => row.officer.Id).Skip(list.Skip(PageSize)).Take(take)
            .Select(row => new
            {
                row.officer,
                row.Name,
                SignsIn = db.UserFacts().Any(user => user.Person == row.officer.Person && user.Activated && !user.Disabled),
                TrainedUntil = db.Set<Training>().Where(training => training.Officer == row.officer.Id && training.Kind == TrainingKind.Vault).Max(training => (DateOnly?)training.Until),
            })
            .ToListAsync(cancel);
        var postings = (await Postings([.. officers.Select(row => row.officer.Id)], ended: false, cancel)).ToLookup(row => row.Officer, row => row.Line);
        return ([.. officers.Select(row => new OfficerLine(row.officer.Id, row.Name, row.officer.StaffNumber, [.. postings[row.officer.Id]], row.SignsIn, row.TrainedUntil, row.officer.LeftAt))], total);
    }

    public async Task<OfficerDetail?> One(OfficerId id, CancellationToken cancel)
    {
        var officer = await Mine().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (officer is null) return null;
        var name = await db.PersonFacts().Where(row => row.Id == officer.Person).Select(row => row.Name).SingleAsync(cancel);
        var user = await db.UserFacts().SingleOrDefaultAsync(row => row.Person == officer.Person, cancel);
        var relatives = await db.MaySeeRelatives(current.Now, officer, cancel) ? await Relatives(id, cancel) : null;
        var trainings = await db.Set<Training>().AsNoTracking().Where(row => row.Officer == id).OrderByDescending(row => row.Until)
            .Select(row => new TrainingLine(row.Kind, row.DoneOn, row.Until)).ToListAsync(cancel);
        return new(id, officer.Person, name, officer.StaffNumber, user?.UserName, user?.Activated == true, user?.Disabled == true, trainings, officer.LeftAt,
            [.. (await Postings([id], ended: false, cancel)).Select(row => row.Line)], [.. (await Postings([id], ended: true, cancel)).Select(row => row.Line)],
            relatives, relatives is null ? null : officer.RelativesConfirmedOn, officer.Version);
    }

    /// <summary>The officer that the signed-in person is; null for everyone else.</summary>
    public async Task<OfficerId?> Me(CancellationToken cancel) =>
        await db.Set<Officer>().Where(row => row.Person == current.Now.Person && row.LeftAt == null).Select(row => (OfficerId?)row.Id).SingleOrDefaultAsync(cancel);

    public async Task<IReadOnlyList<RelativeLine>> Relatives(OfficerId id, CancellationToken cancel) => await (
        from row in db.Set<Relative>().AsNoTracking()
        join person in db.PersonFacts() on row.Person equals person.Id
        where row.Officer == id && row.WithdrawnAt == null
        orderby person.Name
        select new RelativeLine(row.Id, row.Person, person.Name, row.Relation, row.DeclaredOn)).ToListAsync(cancel);

    /// <summary>When that officer last confirmed their list of relatives.</summary>
    public Task<DateOnly?> RelativesConfirmedOn(OfficerId id, CancellationToken cancel) =>
        db.Set<Officer>().Where(row => row.Id == id).Select(row => row.RelativesConfirmedOn).SingleAsync(cancel);

    private IQueryable<Officer> Mine()
    {
        var branches = current.Now.BranchesWith(StaffRights.Read);
        return db.Set<Officer>().AsNoTracking().Where(officer => branches == null
            || db.Set<Posting>().Any(row => row.Officer == officer.Id && row.EndedAt == null && row.Branch != null && branches.Contains(row.Branch.Value)));
    }

    private async Task<List<(OfficerId Officer, PostingLine Line)>> Postings(IReadOnlyCollection<OfficerId> officers, bool ended, CancellationToken cancel)
    {
        var rows = await (
            from posting in db.Set<Posting>().AsNoTracking()
            where officers.Contains(posting.Officer) && (posting.EndedAt != null) == ended
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            orderby posting.From
            select new { posting.Officer, posting.Id, posting.Role, posting.Branch, Name = (string?)branch.Name, posting.From, posting.Until, posting.EndedAt, posting.RecertifyBy }).ToListAsync(cancel);
        return [.. rows.Select(row => (row.Officer, new PostingLine(row.Id, row.Role, row.Branch, row.Name, row.From, row.Until, row.EndedAt, row.RecertifyBy)))];
    }
}
