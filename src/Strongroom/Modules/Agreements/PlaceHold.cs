using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Until">The last day on which it blocks, by the branch's calendar; null until it is lifted.</param>
public sealed record PlaceHoldRequest(
    [property: Required, EnumDataType(typeof(HoldKind))] HoldKind? Kind,
    [property: Required, StringLength(500)] string Reason,
    DateOnly? Until);

public sealed record HoldPlaced(HoldId Id);

internal sealed class PlaceHold(StrongroomDb db, Write write)
{
    public Task<Outcome<HoldPlaced>> Handle(AgreementId id, PlaceHoldRequest request, CancellationToken cancel) =>
        write.Do<HoldPlaced>("agreements.place-hold", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Hold, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            var kind = request.Kind!.Value;
            DateTime? until = request.Until is { } last
                ? last.AddDays(1).ToUtc(TimeOnly.MinValue, await db.ZoneOf(agreement.Branch, cancel))
                : null;
            if ((await db.Block(act, agreement, kind, request.Reason, until, AgreementsAudit.HoldPlaced, cancel)).Refused(out var refusal, out var hold))
                return refusal.About(id).About(agreement.Locker);
            return new HoldPlaced(hold);
        }, cancel);
}

internal static class Blocking
{
    /// <summary>
    /// Places a hold and bumps the agreement's version: an admission that read the agreement before this commits is turned down at its save
    /// and decides anew, with the hold in sight.
    /// </summary>
    public static async Task<Outcome<HoldId>> Block(
        this StrongroomDb db, Act act, Agreement agreement, HoldKind kind, string reason, DateTime? until, AuditKind happened, CancellationToken cancel)
    {
        // Before the holds are read: two who place the same hold at once lean on the same version.
        db.LeanOn(agreement);
        if (agreement.EndedOn is not null) return new AlreadyEnded();
        if (until <= act.Now) return new HoldEndsInThePast { Field = nameof(PlaceHoldRequest.Until) };
        if (!MayStandTwice(kind) && await db.HoldsInForce(act.Now).AnyAsync(hold => hold.Agreement == agreement.Id && hold.Kind == kind, cancel))
            return new HoldAlreadyThere { Field = nameof(PlaceHoldRequest.Kind) };

        var hirer = await db.FirstHirer(agreement.Id, cancel);
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        var id = act.NewId<Noun.Hold>();
        db.Add(new Hold
        {
            Id = id,
            Agreement = agreement.Id,
            Kind = kind,
            Reason = key.Seal(Hold.ReasonColumn, id.Value, reason),
            PlacedBy = act.Actor.Person,
            Since = act.Now,
            Until = until,
        });
        db.Append(act, new Event(happened).About(agreement, hirer).About(id).With("kind", kind).Withhold("reason", reason, hirer, key));
        return id;
    }

    // Two courts, or two authorities, do not wait for each other.
    private static bool MayStandTwice(HoldKind kind) => kind is HoldKind.Court or HoldKind.Attachment;
}
