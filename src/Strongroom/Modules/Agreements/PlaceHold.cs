using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Paper">Number and date of the order, where one must be in hand (<see cref="HoldRules"/>).</param>
/// <param name="Secret">The order forbids to tell the hirer.</param>
/// <param name="Until">The last day on which it blocks, by the branch's calendar; null until it is lifted.</param>
public sealed record PlaceHoldRequest(
    [property: Required, EnumDataType(typeof(HoldKind))] HoldKind? Kind,
    [property: Required, StringLength(500)] string Reason,
    DateOnly? Until,
    [property: StringLength(200)] string? Paper = null,
    bool Secret = false);

public sealed record HoldPlaced(HoldId Id);

internal sealed class PlaceHold(StrongroomDb db, Write write)
{
    private const int MostYears = 10;

    public Task<Outcome<HoldPlaced>> Handle(AgreementId id, PlaceHoldRequest request, CancellationToken cancel) =>
        write.Do<HoldPlaced>("agreements.place-hold", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Hold, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            var kind = request.Kind!.Value;
            var rule = HoldRules.Of(kind);
            if (act.Actor.Client is not null)
            {
                if (!rule.ByClient) return new NotForClients { Field = nameof(request.Kind) }.About(id).About(agreement.Locker);
            }
            else if (!act.Actor.MayAt(rule.PlaceRight, agreement.Branch)) return new NotYours().About(id);
            if (HoldRules.WhyNotPlace(kind, request.Paper, request.Secret) is { } fault) return fault.About(id).About(agreement.Locker);
            if (request.Until > (await db.TodayAt(agreement.Branch, act.Now, cancel)).AddYears(MostYears)) return new HoldTooFarAhead(MostYears) { Field = nameof(request.Until) }.About(id);
            DateTime? until = request.Until is { } last
                ? last.AddDays(1).ToUtc(TimeOnly.MinValue, await db.ZoneOf(agreement.Branch, cancel))
                : null;
            if ((await db.Block(act, agreement, new(kind, request.Reason, until, request.Paper, rule.TellsHirer(request.Secret)), AgreementsAudit.HoldPlaced, cancel)).Refused(out var refusal, out var hold))
                return refusal.About(id).About(agreement.Locker);
            return new HoldPlaced(hold);
        }, cancel);
}

/// <param name="Death">The mark of a death that it comes with.</param>
internal sealed record HoldToPlace(HoldKind Kind, string Reason, DateTime? Until, string? Paper, bool TellHirer, DeathId? Death = null);

internal static class Blocking
{
    /// <summary>
    /// Places a hold and bumps the agreement's version: an admission that read the agreement before this commits is turned down at its save
    /// and decides anew, with the hold in sight.
    /// </summary>
    public static async Task<Outcome<HoldId>> Block(
        this StrongroomDb db, Act act, Agreement agreement, HoldToPlace what, AuditKind happened, CancellationToken cancel)
    {
        var kind = what.Kind;
        // Before the holds are read: two who place the same hold at once lean on the same version.
        db.LeanOn(agreement);
        if (agreement.EndedOn is not null) return new AlreadyEnded();
        if (what.Until <= act.Now) return new HoldEndsInThePast { Field = nameof(PlaceHoldRequest.Until) };
        // The hold of a mark of death asks for itself which others are enough.
        if (what.Death is null && !HoldRules.Of(kind).MayStandTwice && await db.HoldsInForce(act.Now).AnyAsync(hold => hold.Agreement == agreement.Id && hold.Kind == kind, cancel))
            return new HoldAlreadyThere { Field = nameof(PlaceHoldRequest.Kind) };

        var hirer = await db.FirstHirer(agreement.Id, cancel);
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        var id = act.NewId<Noun.Hold>();
        db.Add(new Hold
        {
            Id = id,
            Agreement = agreement.Id,
            Kind = kind,
            Reason = key.Seal(Hold.ReasonColumn, id.Value, what.Reason),
            Paper = what.Paper is { } paper ? key.Seal(Hold.PaperColumn, id.Value, paper) : null,
            TellHirer = what.TellHirer,
            PlacedBy = act.Actor.Person,
            Since = act.Now,
            Until = what.Until,
            Death = what.Death,
        });
        db.Append(act, new Event(happened).About(agreement, hirer).About(id).With("kind", kind).With("hirer-told", what.TellHirer ? "yes" : "no")
            .Withhold("reason", what.Reason, hirer, key).Withhold("paper", what.Paper, hirer, key));
        await act.Raise(db, new HoldWasPlaced(agreement.Id, id, kind, what.TellHirer, act.Actor.Person, act.Now), cancel);
        return id;
    }
}
