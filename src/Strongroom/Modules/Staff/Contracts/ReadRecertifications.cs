using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Recertifying;

namespace Strongroom.Modules.Staff.Contracts;

/// <summary>Confirmed; soon due; past its day but in the days of grace; granting nothing.</summary>
public enum RecertificationState { Confirmed, Due, Overdue, Lapsed }

public enum Recertified { Confirmed, Ended }

/// <summary>A posting and where its year stands.</summary>
/// <param name="Purpose">What the role is for, in a line.</param>
/// <param name="Rights">What the role may do, by name.</param>
/// <param name="LastActed">When its officer last did anything that stands in the log, in whatever role; null when never.</param>
/// <param name="RecertifyBy">Local to the branch.</param>
/// <param name="LapsesOn">The first day on which it grants nothing unless it is confirmed.</param>
/// <param name="OnlyWarned">An administrator whose posting counts all the same, because too few others would be left.</param>
/// <param name="WhyNot">Why the reader may not confirm it; null when they may.</param>
public sealed record PostingToRecertify(
    PostingId Posting, OfficerId Officer, PersonId Person, string Name, string StaffNumber, Role Role, string Purpose, IReadOnlyList<string> Rights, BranchId? Branch, string? BranchName,
    DateOnly From, DateTime? LastActed, DateOnly RecertifyBy, DateOnly LapsesOn, RecertificationState State, bool OnlyWarned, string? WhyNot)
{
    public string RoleWords => Duties.Words(Role);
}

/// <summary>One look at one posting, as it was written down.</summary>
public sealed record RecertificationLine(
    string Name, string StaffNumber, Role Role, string? BranchName, Recertified Decision, string By, DateTime At, DateOnly WasDue, DateOnly? NextDue, DateTime? LastActed);

/// <summary>Which roles are to be confirmed, and who confirmed which: for the reader's branches, the most urgent first.</summary>
internal sealed class ReadRecertifications(StrongroomDb db, CurrentActor current, PolicyBook policies, TimeProvider clock)
{
    /// <param name="all">Also those that are confirmed for now.</param>
    public async Task<IReadOnlyList<PostingToRecertify>> Open(bool all, CancellationToken cancel)
    {
        var (now, me) = (clock.UtcNow(), current.Now);
        var mine = me.BranchesWith(StaffRights.Read);
        var (notice, noticeAt) = await policies.NoticeDays(await db.BranchFacts().Where(branch => mine == null || mine.Contains(branch.Id)).ToListAsync(cancel), now, cancel);
        // The last time zone is a day behind the first, and one branch's notice longer than another's; the border is drawn exactly below.
        var horizon = all ? DateOnly.MaxValue : now.DateIn("UTC").AddDays(noticeAt.Values.Append(notice).Max() + 1);
        var rows = await (
            from posting in db.PostingFacts()
            where posting.RecertifyBy <= horizon && (mine == null || (posting.Branch != null && mine.Contains(posting.Branch.Value)))
            join officer in db.OfficerFacts() on posting.Officer equals officer.Id
            join person in db.PersonFacts() on posting.Person equals person.Id
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            select new
            {
                Facts = posting,
                officer.StaffNumber,
                person.Name,
                BranchName = (string?)branch.Name,
                Zone = (string?)branch.Zone,
                LastActed = db.EventFacts().Where(happened => happened.Actor == posting.Person).Max(happened => (DateTime?)happened.At),
            }).ToListAsync(cancel);
        var (standing, administrators) = (await db.AdministratorsStanding(now, cancel), await db.AdministratorsAtWork(now, cancel));
        var givers = await db.GiversOf([.. rows.Select(row => row.Facts.Id)], cancel);
        return
        [
            .. (from row in rows
                let today = now.DateIn(row.Zone ?? "UTC")
                where !(row.Facts.Until <= today)
                let days = row.Facts.Branch is { } at ? noticeAt[at] : notice
                let state = RecertificationRules.StateAt(row.Facts.RecertifyBy, row.Facts.LapsesOn, days, today)
                where all || state != RecertificationState.Confirmed
                let one = new PostingToConfirm(row.Facts.Person, givers.GetValueOrDefault(row.Facts.Id), administrators, row.Facts.RecertifyBy)
                select new PostingToRecertify(
                    row.Facts.Id, row.Facts.Officer, row.Facts.Person, row.Name, row.StaffNumber, row.Facts.Role, Duties.Purpose(row.Facts.Role), [.. Rights.Of(row.Facts.Role).Order(StringComparer.Ordinal)],
                    row.Facts.Branch, row.BranchName, row.Facts.From, row.LastActed, row.Facts.RecertifyBy, row.Facts.LapsesOn, state,
                    state == RecertificationState.Lapsed && row.Facts.Role == Role.Admin && RecertificationRules.LastAdministratorsStay(standing.Count(person => person != row.Facts.Person)),
                    me.Person is { } reader && me.MayEverywhere(StaffRights.Write) ? RecertificationRules.WhyNotConfirm(one, reader, days, today)?.Title : new NotYours().Title))
                .OrderBy(line => line.RecertifyBy).ThenBy(line => line.Name, StringComparer.Ordinal).ThenBy(line => line.Posting.Value),
        ];
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RecertificationLine>> Register(int most, CancellationToken cancel)
    {
        var mine = current.Now.BranchesWith(StaffRights.Read);
        return await (
            from row in db.Set<Recertification>().AsNoTracking()
            join posting in db.Set<Posting>() on row.Posting equals posting.Id
            where mine == null || (posting.Branch != null && mine.Contains(posting.Branch.Value))
            join officer in db.Set<Officer>() on posting.Officer equals officer.Id
            join person in db.PersonFacts() on officer.Person equals person.Id
            join decider in db.PersonFacts() on row.By equals decider.Id
            join branch in db.BranchFacts() on posting.Branch equals (BranchId?)branch.Id into at
            from branch in at.DefaultIfEmpty()
            orderby row.At descending, row.Id
            select new RecertificationLine(person.Name, officer.StaffNumber, posting.Role, branch.Name, row.Decision, decider.Name, row.At, row.WasDue, row.NextDue, row.LastActed)).Take(most).ToListAsync(cancel);
    }
}
