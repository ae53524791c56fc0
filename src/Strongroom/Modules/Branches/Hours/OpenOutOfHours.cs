using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Branches.Hours;

/// <param name="Date">Today or a later day, at the branch.</param>
/// <param name="Reason">What head office reads before it signs.</param>
public sealed record OutOfHoursRequest(
    DateOnly Date, [property: Required(ErrorMessage = "Enter when the vault opens")] TimeOnly? Opens, [property: Required(ErrorMessage = "Enter when it closes")] TimeOnly? Closes,
    [property: Required(ErrorMessage = "Write why"), StringLength(100)] string Reason);

public sealed record OpenOutOfHoursRequest([property: Required] OutOfHoursRequest Hours, [property: Required] SignatureId? Signature);

public sealed record OutOfHoursAsked(SignatureId Signature);

/// <summary>
/// R19d: the branch asks, head office signs, and only then the vault has these hours on that day. Every visit of such a day wants a second officer.
/// </summary>
internal sealed class OpenOutOfHours(StrongroomDb db, Write write)
{
    internal const string Allows = "branches.out-of-hours";

    public Task<Outcome<OutOfHoursAsked>> Ask(BranchId id, OutOfHoursRequest request, CancellationToken cancel) =>
        write.Do<OutOfHoursAsked>("branches.ask-out-of-hours", new { id, request }, async act =>
        {
            if ((await Plan(act, id, request, cancel)).Refused(out var refusal, out var name)) return refusal;
            var words = string.Create(CultureInfo.InvariantCulture, $"Allow {name} to serve its vault out of hours on {request.Date:d MMMM yyyy} from {request.Opens:HH\\:mm} to {request.Closes:HH\\:mm}: {request.Reason.Trim()}.");
            return new OutOfHoursAsked(Signatures.Ask(db, act, new ToSign(Allows, PayloadOf(id, request), words, id, null, BranchesRights.Write, [act.Actor.Person!.Value])));
        }, cancel);

    public Task<Outcome<Done>> Handle(BranchId id, OpenOutOfHoursRequest request, CancellationToken cancel) =>
        write.Do<Done>("branches.open-out-of-hours", new { id, request }, async act =>
        {
            var hours = request.Hours;
            if ((await Plan(act, id, hours, cancel)).Refused(out var refusal, out _)) return refusal;
            if ((await Signatures.Use(db, act, request.Signature!.Value, Allows, PayloadOf(id, hours), cancel)).Refused(out refusal, out var allowed)) return refusal.About(id);
            db.Add(new HoursException { Branch = id, Date = hours.Date, Opens = hours.Opens, Closes = hours.Closes, Reason = hours.Reason.Trim(), OutOfHours = true, AskedBy = act.Actor.Person, AllowedBy = allowed.Signer });
            db.Append(act, new Event(BranchesAudit.OutOfHoursAllowed).About(id).About(allowed.Signer).About(allowed.Id).With("date", hours.Date).With("hours", $"{hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}"));
            return Done.It;
        }, cancel);

    private static object PayloadOf(BranchId id, OutOfHoursRequest request) => new { branch = id, request.Date, request.Opens, request.Closes, reason = request.Reason.Trim() };

    private async Task<Outcome<string>> Plan(Act act, BranchId id, OutOfHoursRequest request, CancellationToken cancel)
    {
        var branch = await db.Set<Branch>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (branch is null || !act.Actor.MayAt(BranchesRights.Read, id)) return new NoSuch("branch");
        if (!act.Actor.MayAt(BranchesRights.AskOutOfHours, id)) return new NotYours().About(id);
        if (branch.Hours.Length == 0) return new WeekFirst().About(id);
        if (request.Date < act.Now.DateIn(branch.Zone)) return new ExceptionPast { Field = nameof(request.Date) };
        if (request.Closes <= request.Opens) return new HoursUpsideDown(request.Date.DayOfWeek) { Field = nameof(request.Closes) };
        return await db.Set<HoursException>().AnyAsync(row => row.Branch == id && row.Date == request.Date, cancel) ? new ExceptionThere { Field = nameof(request.Date) } : branch.Name;
    }
}
