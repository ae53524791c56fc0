using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Paper;

/// <summary>A visit as its paper slip tells it. Times are local, of the slip's date.</summary>
/// <param name="Slip">The number printed on the slip; unique in the branch.</param>
/// <param name="Reason">Why it was served on paper.</param>
public sealed record PaperVisit(
    [property: Required(ErrorMessage = "Enter the slip's number"), StringLength(20)] string Slip, DateOnly Date,
    [property: Required(ErrorMessage = "Choose the hire")] AgreementId? Agreement, [property: Required(ErrorMessage = "Choose who came")] PersonId? Operator,
    [property: Required(ErrorMessage = "Choose the officer who served")] PersonId? Custodian, [property: Required] IdentityCheck? Check,
    [property: Required(ErrorMessage = "Enter when the hirer came")] TimeOnly? Arrived, [property: Required(ErrorMessage = "Enter when the locker was opened")] TimeOnly? Opened,
    [property: Required(ErrorMessage = "Enter when it was locked")] TimeOnly? Locked, [property: Required(ErrorMessage = "Enter when the hirer left")] TimeOnly? Left,
    [property: Required(ErrorMessage = "Write why it was served on paper"), StringLength(300)] string Reason);

public sealed record EnterLateVisitRequest([property: Required] PaperVisit Paper, [property: Required] SignatureId? Mine, [property: Required] SignatureId? Second);

internal sealed record TimesOutOfOrder() : Refusal("access.times-out-of-order", 422, "The times on the slip are not one after the other, or lie ahead.", "Came, opened, locked, left: read the slip again.");

internal sealed record NoDayOfSlip() : Refusal("access.no-day-of-slip", 422, "The branch had no day of this date in the last week.", "Enter the day from paper first, with its opening and its close.");

internal sealed record SlipEntered() : Refusal("access.slip-entered", 409, "This slip was entered already.", "Look at the visits of that day.");

internal sealed record OverlapsVisit(int Number) : Refusal("access.overlaps-visit", 409, string.Create(CultureInfo.InvariantCulture, $"Visit {Number} of that day has the locker at the same time."), "One of the two is wrong: look at both with the manager.");

internal sealed record ServedThemselves() : Refusal("access.served-themselves", 422, "The officer who served is a party of the hire.", "Read the slip again; if it is so, call the manager.");

/// <summary>R19c: a visit that was served on paper while there was no power or network, entered afterwards under two signatures. It has no decision.</summary>
internal sealed class EnterLateVisit(StrongroomDb db, Write write)
{
    internal const string First = "access.late-entry", SecondLook = "access.late-entry.second", ReasonColumn = "visit.end_note";
    private const int DaysBack = 7;

    public Task<Outcome<DaySignatures>> Ask(BranchId branch, PaperVisit paper, CancellationToken cancel) =>
        write.Do<DaySignatures>("access.ask-late-entry", new { branch, paper }, async act =>
        {
            if ((await Plan(act, branch, paper, cancel)).Refused(out var refusal, out var plan)) return refusal;
            var me = act.Actor.Person!.Value;
            var words = string.Create(CultureInfo.InvariantCulture, $"Enter slip {paper.Slip} of {paper.Date:d MMMM yyyy}: locker {plan.LockerNumber}, {plan.OperatorName}, opened {paper.Opened:HH\\:mm}, locked {paper.Locked:HH\\:mm}.");
            return new DaySignatures(
                Signatures.Ask(db, act, new ToSign(First, paper, words, branch, me, null, [])),
                Signatures.Ask(db, act, new ToSign(SecondLook, paper, $"I have seen the slip. {words}", branch, null, AccessRights.Day, [me])));
        }, cancel);

    public Task<Outcome<VisitStep>> Handle(BranchId branch, EnterLateVisitRequest request, CancellationToken cancel) =>
        write.Do<VisitStep>("access.enter-late-visit", new { branch, request }, async act =>
        {
            var paper = request.Paper;
            if ((await Plan(act, branch, paper, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await Signatures.Use(db, act, request.Mine!.Value, First, paper, cancel)).Refused(out refusal, out _)) return refusal.About(branch);
            if ((await Signatures.Use(db, act, request.Second!.Value, SecondLook, paper, cancel)).Refused(out refusal, out var second)) return refusal.About(branch);

            DateTime At(TimeOnly? time) => paper.Date.ToUtc(time!.Value, plan.Zone);
            plan.Day.LastNumber++;
            var id = act.NewId<Noun.Visit>();
            var key = await act.Seals.KeyOf(db, paper.Operator!.Value, cancel);
            var visit = new Visit
            {
                Id = id,
                Party = id,
                Day = plan.Day.Id,
                Branch = branch,
                Vault = plan.Vault,
                Locker = plan.Locker,
                Agreement = paper.Agreement!.Value,
                Operator = paper.Operator.Value,
                Number = plan.Day.LastNumber,
                State = VisitState.Closed,
                ArrivedAt = At(paper.Arrived),
                IdentityCheck = paper.Check,
                OperatorSign = OperatorSign.SlipSigned,
                IdentifiedAt = At(paper.Arrived),
                IdentifiedBy = paper.Custodian,
                Custodian = paper.Custodian,
                AdmittedAt = At(paper.Arrived),
                AloneAt = At(paper.Opened),
                LockedAt = At(paper.Locked),
                EndedAt = At(paper.Left),
                EndedBy = act.Actor.Person,
                EndNote = key.Seal(ReasonColumn, id.Value, paper.Reason.Trim()),
                PaperSlip = paper.Slip.Trim(),
            };
            db.Add(visit);
            db.Append(act, new Event(AccessAudit.LateEntered).About(visit).About(paper.Custodian).About(second.Signer).With("slip", visit.PaperSlip).With("date", paper.Date)
                .Withhold("reason", paper.Reason, visit.Operator, key));
            // Nobody has been told of it yet: the sooner the better.
            await act.Raise(db, new LockerOpened(id, branch, visit.Agreement, visit.Locker, visit.Operator, visit.AloneAt!.Value, act.Now.AddHours(1)), cancel);
            return new VisitStep(id, visit.State, 1);
        }, cancel);

    private sealed record LatePlan(BranchDay Day, string Zone, VaultId Vault, LockerId Locker, string LockerNumber, string OperatorName);

    private async Task<Outcome<LatePlan>> Plan(Act act, BranchId id, PaperVisit paper, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (branch is null || !act.Actor.MayAt(AccessRights.Read, id)) return new NoSuch("branch");
        if (!act.Actor.MayAt(AccessRights.Day, id)) return new NotYours().About(id);
        var today = act.Now.DateIn(branch.Zone);
        // Tracked: the slip takes the day's next number, and so moves its version.
        var day = paper.Date > today || paper.Date < today.AddDays(-DaysBack) ? null : await db.Set<BranchDay>().SingleOrDefaultAsync(row => row.Branch == id && row.Date == paper.Date, cancel);
        if (day is null) return new NoDayOfSlip { Field = nameof(paper.Date) }.About(id);
        if (!(paper.Arrived <= paper.Opened && paper.Opened < paper.Locked && paper.Locked <= paper.Left) || paper.Date.ToUtc(paper.Left!.Value, branch.Zone) > act.Now)
            return new TimesOutOfOrder { Field = nameof(paper.Left) }.About(id);
        var hire = await db.AgreementFacts().SingleOrDefaultAsync(row => row.Id == paper.Agreement && row.Branch == id, cancel);
        if (hire is null) return new NoSuch("agreement") { Field = nameof(paper.Agreement) };
        if (!(await db.WhoMayCome(hire.Id, paper.Date, cancel)).Any(one => one.Person == paper.Operator)) return new NotAParty { Field = nameof(paper.Operator) }.About(hire.Locker);
        if (await db.ConcernedBy(hire.Id).ContainsAsync(paper.Custodian!.Value, cancel)) return new ServedThemselves { Field = nameof(paper.Custodian) }.About(hire.Locker);
        var slip = paper.Slip.Trim();
        if (await db.Set<Visit>().AnyAsync(row => row.Branch == id && row.PaperSlip == slip, cancel)) return new SlipEntered { Field = nameof(paper.Slip) }.About(id);
        var (came, left) = (paper.Date.ToUtc(paper.Arrived!.Value, branch.Zone), paper.Date.ToUtc(paper.Left.Value, branch.Zone));
        var other = await db.Set<Visit>().Where(row => row.Locker == hire.Locker && row.ArrivedAt < left && (row.EndedAt == null || row.EndedAt > came) && row.AdmittedAt != null)
            .Select(row => (int?)row.Number).FirstOrDefaultAsync(cancel);
        if (other is { } number) return new OverlapsVisit(number) { Field = nameof(paper.Opened) }.About(hire.Locker);
        var locker = await db.LockerFacts().SingleAsync(row => row.Id == hire.Locker, cancel);
        var name = await db.PersonFacts().Where(row => row.Id == paper.Operator).Select(row => row.Name).SingleAsync(cancel);
        return new LatePlan(day, branch.Zone, locker.Vault, locker.Id, locker.Number, name);
    }
}
