using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

/// <param name="Second">The colleague who signs as well.</param>
public sealed record BreakGlassRequest(
    [property: Required] BranchId? Branch, [property: Required, EnumDataType(typeof(Role))] Role? Role, [property: Required, Range(5, 60)] int? Minutes,
    [property: Required] PersonId? Second, [property: Required, StringLength(500, MinimumLength = 10)] string Reason);

/// <summary>Two signatures that it waits for, five minutes; without both nothing is opened.</summary>
public sealed record BreakGlassAsked(EmergencyId Id, SignatureId Own, SignatureId Second);

/// <param name="Until">From this instant on it gives nothing.</param>
public sealed record BreakGlassOpened(EmergencyId Id, DateTime Until);

/// <summary>
/// Emergency access: a role at a branch for minutes, when nobody who has it can come. Signed by the officer and by a colleague, told to everybody who answers
/// for the branch or for the bank, reviewed afterwards. It gives the role's rights but those in <see cref="Rights.NeverInEmergency"/>.
/// </summary>
internal sealed class BreakGlass(StrongroomDb db, Write write, PolicyBook policies)
{
    private const string OwnAct = "staff.break-glass", SecondAct = "staff.break-glass-second";
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public Task<Outcome<BreakGlassAsked>> Ask(BreakGlassRequest request, CancellationToken cancel) =>
        write.Do<BreakGlassAsked>("staff.ask-to-break-glass", request, async act =>
        {
            if (act.Actor.Person is not { } me) return new NotYours();
            if (request is not { Branch: { } at, Role: { } role, Second: { } second, Minutes: { } minutes }) return new SecondMayNotSign { Field = "second" };
            if (await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == at, cancel) is not { } branch) return new NoSuch("branch") { Field = "branch" };
            var policy = await Policy(branch, act.Now, cancel);
            if (EmergencyDecision.WhyNotOpen(await Facts(me, second, role, branch, minutes, policy, act.Now, cancel)) is { } refusal) return refusal.About(at);

            var id = act.NewId<Noun.Emergency>();
            var name = await db.PersonFacts().Where(row => row.Id == me).Select(row => row.Name).SingleAsync(cancel);
            var (reason, what) = (request.Reason.Trim(), $"emergency access as {Duties.Words(role)} of {branch.Name} for {minutes} minutes");
            var payload = Payload(id, me, second, at, role, minutes);
            var row = new Emergency
            {
                Id = id,
                Holder = me,
                Second = second,
                Branch = at,
                Role = role,
                Minutes = minutes,
                Reason = Emergency.SealReason(act.Seals, id, reason),
                AskedAt = act.Now,
                ReviewDays = policy.ReviewDays,
                OwnSignature = Signatures.Ask(db, act, new ToSign(OwnAct, payload, $"Take {what}. Everybody is told at once, and it is reviewed. Reason: {reason}", at, Signer: me, Right: null, [second], await Least(me, cancel))),
                SecondSignature = Signatures.Ask(db, act, new ToSign(SecondAct, payload, $"Let {name} have {what}. Everybody is told at once, your name too, and it is reviewed. Reason: {reason}", at, Signer: second, Right: null, [me], await Least(second, cancel))),
            };
            db.Add(row);
            db.Append(act, Told(StaffAudit.EmergencyAsked, row).About(row.OwnSignature).About(row.SecondSignature));
            return new BreakGlassAsked(id, row.OwnSignature, row.SecondSignature);
        }, cancel);

    /// <summary>Uses both signatures up. All that was looked at when it was asked for is looked at again.</summary>
    public Task<Outcome<BreakGlassOpened>> Open(EmergencyId id, CancellationToken cancel) =>
        write.Do<BreakGlassOpened>(OwnAct, new { id }, async act =>
        {
            var row = await db.Set<Emergency>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.Holder == act.Actor.Person, cancel);
            if (row is null) return new NoSuch("emergency");
            // Read before all that is decided by: of two at the same moment one finds it changed and looks again, and so does one beside a posting that conflicts.
            db.LeanOn(await db.Set<Officer>().SingleAsync(officer => officer.Person == row.Holder, cancel));
            var payload = Payload(id, row.Holder, row.Second, row.Branch, row.Role, row.Minutes);
            if ((await Signatures.Use(db, act, row.OwnSignature, OwnAct, payload, cancel)).Refused(out var refusal, out var own)) return refusal.About(id);
            if ((await Signatures.Use(db, act, row.SecondSignature, SecondAct, payload, cancel)).Refused(out refusal, out var other)) return refusal.About(id);
            if (own.Signer != row.Holder || other.Signer != row.Second) return new NotSigned().About(id);
            var branch = await db.BranchFacts().SingleAsync(one => one.Id == row.Branch, cancel);
            if (EmergencyDecision.WhyNotOpen(await Facts(row.Holder, row.Second, row.Role, branch, row.Minutes, await Policy(branch, act.Now, cancel), act.Now, cancel)) is { } no) return no.About(id).About(row.Branch);

            var until = act.Now.AddMinutes(row.Minutes);
            db.Add(new EmergencyEvent { Emergency = id, Step = EmergencyStep.Opened, By = row.Holder, At = act.Now, Until = until });
            var key = await act.Seals.KeyOf(db, row.Holder, cancel);
            var alarm = db.Append(act, Told(StaffAudit.EmergencyOpened, row).About(own.Id).About(other.Id).With("severity", "high").With("until", $"{until:O}")
                .With("own-grade", own.Grade).With("second-grade", other.Grade).Withhold("reason", row.ReasonBy(act.Seals), row.Holder, key));
            await act.Raise(db, new EmergencyOpened(id, alarm, row.Holder, row.Second, row.Branch, row.Role, act.Now, until), cancel);
            return new BreakGlassOpened(id, until);
        }, cancel);

    /// <summary>For the form. The act decides it all again.</summary>
    public async Task<BreakGlassChoices> Choices(PersonId me, BranchFacts branch, DateTime now, CancellationToken cancel)
    {
        var posts = await Posts(db.PostingFacts(), now, cancel);
        var own = posts(me);
        var here = own.Where(post => post.IsAt(branch.Id)).ToList();
        var relatives = await db.RelativesOf(me).ToListAsync(cancel);
        var officers = await db.OfficerFacts().Where(officer => officer.Person != me && !relatives.Contains(officer.Person)).Select(officer => officer.Person).ToListAsync(cancel);
        var fit = officers.Where(person => EmergencyDecision.Vouch(posts(person), branch.Id, own)).ToList();
        var names = await db.PersonFacts().Where(person => fit.Contains(person.Id)).Select(person => new { person.Id, person.Name }).ToListAsync(cancel);
        return new(
            !own.Any(post => post.Counts) ? [] : [.. EmergencyDecision.Roles.Where(role => !here.Exists(post => (post.Counts && post.Role == role) || Duties.Conflict(role, post.Role)))],
            [.. names.Select(one => (one.Id, one.Name, Here: posts(one.Id).Any(post => post.Counts && post.Branch == branch.Id))).OrderByDescending(one => one.Here).ThenBy(one => one.Name, StringComparer.Ordinal)],
            await Policy(branch, now, cancel));
    }

    internal static Event Told(AuditKind kind, Emergency row) =>
        new Event(kind).About(row.Id).About(row.Holder).About(row.Second).About(row.Branch).With("role", row.Role).With("minutes", row.Minutes);

    internal async Task<BreakGlassPolicy> Policy(BranchFacts branch, DateTime now, CancellationToken cancel) =>
        (await policies.At<BreakGlassPolicy>(branch.Jurisdiction, branch.Id, now.DateIn(branch.Zone), cancel)).Values;

    private async Task<BreakingGlass> Facts(PersonId me, PersonId second, Role role, BranchFacts branch, int minutes, BreakGlassPolicy policy, DateTime now, CancellationToken cancel)
    {
        var posts = await Posts(db.PostingFacts().Where(posting => posting.Person == me || posting.Person == second), now, cancel);
        var since = now - Lately;
        return new(
            role, branch.Id, minutes, policy, posts(me), await db.UserFacts().AnyAsync(user => user.Person == second && !user.Disabled, cancel) ? posts(second) : [], second == me,
            await db.RelativesOf(me).ContainsAsync(second, cancel),
            await db.Set<Emergency>().Where(row => row.Holder == me).Open(db, now).AnyAsync(cancel),
            await (from one in db.Set<EmergencyEvent>()
                   join row in db.Set<Emergency>() on one.Emergency equals row.Id
                   where row.Holder == me && one.Step == EmergencyStep.Opened && one.At > since
                   select one).CountAsync(cancel));
    }

    private async Task<Func<PersonId, IReadOnlyList<Post>>> Posts(IQueryable<PostingFacts> postings, DateTime now, CancellationToken cancel)
    {
        var posts = await db.PostingsInForce(postings, now, cancel);
        return person => [.. posts[person].Select(Post.Of)];
    }

    // A password typed again is enough only for who has nothing better.
    private async Task<SignatureGrade> Least(PersonId person, CancellationToken cancel) => await db.HasPasskey(person, cancel) ? SignatureGrade.Signed : SignatureGrade.Attested;

    private static object Payload(EmergencyId id, PersonId holder, PersonId second, BranchId branch, Role role, int minutes) => new { emergency = id, holder, second, branch, role = role.ToString(), minutes };
}
