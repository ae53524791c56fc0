using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Access.Paper;

/// <summary>A day that was opened and closed on paper from its first visit to its last.</summary>
/// <param name="KeysCounted">Guard keys counted at its close.</param>
public sealed record PaperDay(
    DateOnly Date, [property: Required(ErrorMessage = "Enter when the vault was opened")] TimeOnly? Opened, [property: Required(ErrorMessage = "Enter when it was closed")] TimeOnly? Closed,
    [property: Required, Range(0, 1000)] int? KeysCounted, [property: Required(ErrorMessage = "Write why it was kept on paper"), StringLength(300)] string Reason);

public sealed record EnterPaperDayRequest([property: Required] PaperDay Day, [property: Required] SignatureId? Mine, [property: Required] SignatureId? Second);

internal sealed record DayThere() : Refusal("access.day-there", 409, "This date has its day already.", "Enter the slips of that day.");

internal sealed record DayNotOver() : Refusal("access.day-not-over", 422, "That day is not over, lies more than a week back, or its times are the wrong way round.", "A day is entered from paper once its close was signed on paper.");

/// <summary>R19c: the branch's day from its paper record, under two signatures; its slips are entered after it.</summary>
internal sealed class EnterPaperDay(StrongroomDb db, Write write)
{
    internal const string First = "access.paper-day", SecondLook = "access.paper-day.second";
    private const int DaysBack = 7;

    public Task<Outcome<DaySignatures>> Ask(BranchId branch, PaperDay day, CancellationToken cancel) =>
        write.Do<DaySignatures>("access.ask-paper-day", new { branch, day }, async act =>
        {
            if ((await Plan(act, branch, day, cancel)).Refused(out var refusal, out var facts)) return refusal;
            var me = act.Actor.Person!.Value;
            var words = string.Create(CultureInfo.InvariantCulture, $"{facts.Name} kept its day of {day.Date:d MMMM yyyy} on paper: opened {day.Opened:HH\\:mm}, closed {day.Closed:HH\\:mm} with nobody inside, {day.KeysCounted} guard keys counted.");
            return new DaySignatures(
                Signatures.Ask(db, act, new ToSign(First, day, words, branch, me, null, [])),
                Signatures.Ask(db, act, new ToSign(SecondLook, day, $"I have seen the record. {words}", branch, null, AccessRights.Day, [me])));
        }, cancel);

    public Task<Outcome<DayClosed>> Handle(BranchId branch, EnterPaperDayRequest request, CancellationToken cancel) =>
        write.Do<DayClosed>("access.enter-paper-day", new { branch, request }, async act =>
        {
            var day = request.Day;
            if ((await Plan(act, branch, day, cancel)).Refused(out var refusal, out var facts)) return refusal;
            if ((await Signatures.Use(db, act, request.Mine!.Value, First, day, cancel)).Refused(out refusal, out var mine)) return refusal.About(branch);
            if ((await Signatures.Use(db, act, request.Second!.Value, SecondLook, day, cancel)).Refused(out refusal, out var second)) return refusal.About(branch);
            var row = new BranchDay
            {
                Id = act.NewId<Noun.BranchDay>(),
                Branch = branch,
                Date = day.Date,
                OpenedAt = day.Date.ToUtc(day.Opened!.Value, facts.Zone),
                OpenedBy = mine.Signer,
                OpenedWith = second.Signer,
                ClosedAt = day.Date.ToUtc(day.Closed!.Value, facts.Zone),
                ClosedBy = mine.Signer,
                ClosedWith = second.Signer,
                KeysCounted = day.KeysCounted,
                FromPaper = true,
            };
            db.Add(row);
            db.Append(act, new Event(AccessAudit.PaperDayEntered).About(row.Id).About(branch).About(mine.Signer).About(second.Signer).With("date", day.Date).With("keys", day.KeysCounted!.Value));
            return new DayClosed(row.Id, row.Date);
        }, cancel);

    private async Task<Outcome<BranchFacts>> Plan(Act act, BranchId id, PaperDay day, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (branch is null || !act.Actor.MayAt(AccessRights.Read, id)) return new NoSuch("branch");
        if (!act.Actor.MayAt(AccessRights.Day, id)) return new NotYours().About(id);
        var today = act.Now.DateIn(branch.Zone);
        if (day.Date > today || day.Date < today.AddDays(-DaysBack) || day.Closed <= day.Opened || day.Date.ToUtc(day.Closed!.Value, branch.Zone) > act.Now)
            return new DayNotOver { Field = nameof(day.Date) }.About(id);
        if (await db.Set<BranchDay>().AnyAsync(row => row.Branch == id && row.Date == day.Date, cancel)) return new DayThere { Field = nameof(day.Date) }.About(id);
        var keys = await db.CustodyFacts().CountAsync(row => row.Branch == id && row.Vault != null, cancel);
        return keys == day.KeysCounted ? branch : new KeyCountDiffers(day.KeysCounted!.Value, keys) { Field = nameof(day.KeysCounted) }.About(id);
    }
}
