using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

public enum EmergencyState { Asked, Open, ToReview, Reviewed }

/// <param name="ReviewBy">Until when the review is in time; null before it is over.</param>
/// <param name="Overdue">Not reviewed, and it should have been.</param>
public sealed record EmergencyLine(
    EmergencyId Id, PersonId Holder, string HolderName, PersonId Second, string SecondName, BranchId Branch, string BranchName, string Zone, Role Role, EmergencyState State,
    DateTime AskedAt, DateTime? OpenedAt, DateTime? Until, DateTime? EndedAt, DateTime? ReviewBy, bool Overdue)
{
    /// <summary>Whole minutes until it ends by itself, the begun one counted.</summary>
    public int MinutesLeft(DateTime now) => Until is { } until && until > now ? (int)Math.Ceiling((until - now).TotalMinutes) : 0;
}

/// <param name="Whole">The reader took part, or reads officers there. To their colleagues neither reason nor deeds are shown.</param>
/// <param name="Done">What the log has of the holder in these minutes, denials and refusals too.</param>
/// <param name="EndedBy">Null where the clock ended it.</param>
public sealed record EmergencyDetail(
    EmergencyLine Line, bool Whole, string Reason, SignatureId OwnSignature, SignatureId SecondSignature, string? EndedBy, string? ReviewedBy, DateTime? ReviewedAt, string? Review,
    IReadOnlyList<EmergencyDeed> Done, bool MayEnd, bool MayReview);

public sealed record EmergencyDeed(EventId Event, DateTime At, string What);

/// <summary>Emergencies for who took part in them, and for who reads officers where they were.</summary>
internal sealed class ReadEmergencies(StrongroomDb db, CurrentActor current, TimeProvider clock, Seals seals, AuditKindBook kinds)
{
    private const int Most = 200, MostDeeds = 500;

    /// <summary>Whose it is to read, to end or to review; what they may do of it is asked further on.</summary>
    internal static bool Concerns(Actor actor, Emergency row) => ReadsAll(actor, row) || Posted(actor).Any(grant => grant.Branch is null || grant.Branch == row.Branch);

    private static bool ReadsAll(Actor actor, Emergency row) => actor.Person == row.Holder || actor.Person == row.Second || Own(actor).MayAt(StaffRights.Read, row.Branch);

    // Neither who hires a locker nor who stands in for somebody works there by that.
    private static IEnumerable<RoleGrant> Posted(Actor actor) => Own(actor).Grants.Where(grant => grant.IsOfTheBank());

    internal static async Task<EmergencyStanding> Standing(StrongroomDb db, Emergency row, CancellationToken cancel) =>
        StandingOf(row, await db.Set<EmergencyEvent>().AsNoTracking().Where(one => one.Emergency == row.Id).ToListAsync(cancel));

    /// <summary>What was opened, newest first; what nobody has reviewed before all.</summary>
    public async Task<IReadOnlyList<EmergencyLine>> All(CancellationToken cancel)
    {
        var rows = await Readable().Where(row => db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Opened)).OrderByDescending(row => row.AskedAt).Take(Most).ToListAsync(cancel);
        return [.. (await Lines(rows, cancel)).OrderBy(line => line.State).ThenByDescending(line => line.OpenedAt)];
    }

    /// <summary>What is open where the reader works, and the reader's own: for the head of their pages.</summary>
    public async Task<IReadOnlyList<EmergencyLine>> OpenNow(CancellationToken cancel)
    {
        var (actor, now) = (current.Now, clock.UtcNow());
        var (me, posted) = (actor.Person, Posted(actor).ToList());
        var (everywhere, branches) = (posted.Exists(grant => grant.Branch is null), posted.Select(grant => grant.Branch).OfType<BranchId>().Distinct().ToList());
        var rows = await db.Set<Emergency>().AsNoTracking().Open(db, now).Where(row => everywhere || row.Holder == me || row.Second == me || branches.Contains(row.Branch)).OrderBy(row => row.AskedAt).Take(Most).ToListAsync(cancel);
        return rows.Count == 0 ? [] : await Lines(rows, cancel);
    }

    /// <summary>How many wait for a review where the reader may review, and how many of them are late; those that the reader took part in wait for somebody else.</summary>
    public async Task<(int Waiting, int Late)> ToReview(CancellationToken cancel)
    {
        var own = Own(current.Now);
        if (!own.May(StaffRights.Review)) return (0, 0);
        var rows = await Readable().ToReview(db, clock.UtcNow()).Where(row => row.Holder != own.Person && row.Second != own.Person).ToListAsync(cancel);
        return rows.Count == 0 ? (0, 0) : (await Lines(rows, cancel)) is var lines ? (lines.Count, lines.Count(line => line.Overdue)) : default;
    }

    public async Task<Outcome<EmergencyDetail>> One(EmergencyId id, CancellationToken cancel)
    {
        var row = await db.Set<Emergency>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        var (actor, now) = (current.Now, clock.UtcNow());
        if (row is null || actor.Person is not { } me || !Concerns(actor, row)) return new NoSuch("emergency");
        var line = (await Lines([row], cancel))[0];
        var events = await db.Set<EmergencyEvent>().AsNoTracking().Where(one => one.Emergency == id).ToListAsync(cancel);
        var standing = StandingOf(row, events);
        var review = events.Find(one => one.Step == EmergencyStep.Reviewed);
        var persons = events.Select(one => one.By).OfType<PersonId>().ToList();
        var names = await db.PersonFacts().Where(person => persons.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var (from, until) = (line.OpenedAt, line.EndedAt ?? line.Until);
        var whole = ReadsAll(actor, row);
        List<EmergencyDeed> done = from is null || !whole ? [] : [.. (await db.EventFacts().Where(one => one.Actor == row.Holder && one.At >= from && one.At <= until).OrderBy(one => one.At).ThenBy(one => one.Id).Take(MostDeeds)
            .Select(one => new { one.Id, one.At, one.Kind }).ToListAsync(cancel)).Select(one => new EmergencyDeed(one.Id, one.At, kinds.Sentence(one.Kind)))];
        return new EmergencyDetail(
            line, whole, whole ? row.ReasonBy(seals) : "", row.OwnSignature, row.SecondSignature, NameOf(events.Find(one => one.Step == EmergencyStep.Ended)), NameOf(review), review?.At, whole ? review?.WordsBy(seals) : null, done,
            EmergencyDecision.WhyNotEnd(standing, me, actor.MayEverywhere(StaffRights.Write), now) is null,
            EmergencyDecision.WhyNotReview(standing, me, Own(actor).MayAt(StaffRights.Review, row.Branch), now) is null);

        string? NameOf(EmergencyEvent? one) => one?.By is { } by ? names.GetValueOrDefault(by) : null;
    }

    // Who holds a role for minutes reads only what they took part in.
    private static Actor Own(Actor actor) => actor.Grants.Any(grant => grant.Emergency) ? actor with { Grants = [.. actor.Grants.Where(grant => !grant.Emergency)] } : actor;

    private IQueryable<Emergency> Readable()
    {
        var (me, branches) = (current.Now.Person, Own(current.Now).BranchesWith(StaffRights.Read));
        var everywhere = branches is null;
        branches ??= [];
        return db.Set<Emergency>().AsNoTracking().Where(row => everywhere || row.Holder == me || row.Second == me || branches.Contains(row.Branch));
    }

    private static EmergencyStanding StandingOf(Emergency row, IReadOnlyList<EmergencyEvent> events)
    {
        var opened = events.FirstOrDefault(one => one.Step == EmergencyStep.Opened);
        return new(row.Holder, row.Second, opened?.At, opened?.Until, events.FirstOrDefault(one => one.Step == EmergencyStep.Ended)?.At, events.Any(one => one.Step == EmergencyStep.Reviewed));
    }

    private async Task<IReadOnlyList<EmergencyLine>> Lines(IReadOnlyList<Emergency> rows, CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var (ids, persons, at) = (rows.Select(row => row.Id).ToList(), rows.SelectMany(row => new[] { row.Holder, row.Second }).Distinct().ToList(), rows.Select(row => row.Branch).Distinct().ToList());
        var events = (await db.Set<EmergencyEvent>().AsNoTracking().Where(one => ids.Contains(one.Emergency)).ToListAsync(cancel)).ToLookup(one => one.Emergency);
        var names = await db.PersonFacts().Where(person => persons.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
        var branches = await db.BranchFacts().Where(branch => at.Contains(branch.Id)).ToDictionaryAsync(branch => branch.Id, cancel);
        return [.. rows.Select(row =>
        {
            var standing = StandingOf(row, [.. events[row.Id]]);
            var state = standing.OpenedAt is null ? EmergencyState.Asked : standing.IsOpen(now) ? EmergencyState.Open : standing.Reviewed ? EmergencyState.Reviewed : EmergencyState.ToReview;
            // Ended by the clock at the very instant that it was opened for, whenever that was written down.
            var ended = standing.IsOver(now) ? standing.EndedAt ?? standing.Until : null;
            var reviewBy = ended?.AddDays(row.ReviewDays);
            return new EmergencyLine(
                row.Id, row.Holder, names.GetValueOrDefault(row.Holder) ?? "", row.Second, names.GetValueOrDefault(row.Second) ?? "", row.Branch, branches[row.Branch].Name, branches[row.Branch].Zone, row.Role,
                state, row.AskedAt, standing.OpenedAt, standing.Until, ended, reviewBy, state == EmergencyState.ToReview && reviewBy <= now);
        })];
    }
}

/// <summary>What the page that opens an emergency offers at a branch.</summary>
/// <param name="Roles">Those that the asker has not got there and that are not apart from what they are.</param>
/// <param name="Colleagues">Who may sign as well, those of the branch first.</param>
internal sealed record BreakGlassChoices(IReadOnlyList<Role> Roles, IReadOnlyList<(PersonId Person, string Name, bool Here)> Colleagues, BreakGlassPolicy Policy);
