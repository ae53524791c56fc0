using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Staff.Contracts;

/// <summary>A posting that grants nothing, because its officer holds another role that belongs apart from it.</summary>
/// <param name="Other">The role that keeps it from counting; where both begin on one day, each keeps the other.</param>
public sealed record DutiesClash(
    OfficerId Officer, PersonId Person, string Name, PostingId Posting, Role Role, BranchId? Branch, string? BranchName, DateOnly From, PostingId OtherPosting, Role Other, string? OtherBranchName)
{
    /// <summary>"manager": what the pages call the role.</summary>
    public string RoleWords => Duties.Words(Role);

    public string OtherWords => Duties.Words(Other);
}

/// <summary>Two roles that one person may not hold at one place.</summary>
public sealed record RolesApart(Role One, Role Other);

public sealed record DutiesView(IReadOnlyList<RolesApart> Apart, IReadOnlyList<DutiesClash> Clashes);

/// <summary>The matrix of roles that belong apart, and where they stand together nevertheless: imported, altered in the database, or made before the matrix was.</summary>
internal sealed class ReadDuties(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    public async Task<DutiesView> View(CancellationToken cancel) => new(
        [.. from one in Enum.GetValues<Role>() from other in Duties.ApartFrom(one) where one < other select new RolesApart(one, other)], await Clashes(cancel));

    /// <summary>Of the postings that are in force or to come, at the branches of the reader.</summary>
    public async Task<IReadOnlyList<DutiesClash>> Clashes(CancellationToken cancel)
    {
        // Tomorrow begins somewhere before it does in Greenwich; a posting that ended yesterday is worth no warning.
        var yesterday = DateOnly.FromDateTime(clock.UtcNow()).AddDays(-1);
        var standing = db.PostingFacts().Where(posting => posting.Until == null || posting.Until > yesterday);
        var postings = (await (
            from posting in standing
            where standing.Count(other => other.Officer == posting.Officer) > 1
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            select new { Facts = posting, BranchName = (string?)branch.Name }).ToListAsync(cancel)).ToLookup(posting => posting.Facts.Officer);
        var found = (from officer in postings
                     from posting in officer
                     let other = Duties.KeptFromCounting(posting.Facts, officer.Select(one => one.Facts))
                     where other is not null
                     select (posting.Facts, posting.BranchName, Other: other, OtherBranchName: officer.First(one => one.Facts.Id == other.Id).BranchName)).ToList();
        var mine = current.Now.BranchesWith(StaffRights.Read);
        found.RemoveAll(clash => mine is not null && !(clash.Facts.Branch is { } at && mine.Contains(at)) && !(clash.Other.Branch is { } there && mine.Contains(there)));
        var persons = found.Select(clash => clash.Facts.Person).Distinct().ToList();
        var names = await db.PersonFacts().Where(person => persons.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        return [.. found.Select(clash => new DutiesClash(
                clash.Facts.Officer, clash.Facts.Person, names[clash.Facts.Person], clash.Facts.Id, clash.Facts.Role, clash.Facts.Branch, clash.BranchName, clash.Facts.From,
                clash.Other.Id, clash.Other.Role, clash.OtherBranchName))
            .OrderBy(clash => clash.Name, StringComparer.Ordinal).ThenBy(clash => clash.From)];
    }
}
