using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Agreements.Nominations;

/// <param name="Adult">Who receives the contents for a nominee under age (R61).</param>
public sealed record NewNominee(
    [property: Required, StringLength(200, MinimumLength = 2)] string Name,
    [property: Required, StringLength(60)] string Relation,
    DateOnly? BornOn,
    [property: StringLength(200)] string? Adult);

/// <param name="SignedOn">The day of the form.</param>
/// <param name="SignedByAll">The officer has seen the signatures of all hirers (R62).</param>
/// <param name="Nominees">In the order in which they shall succeed; none is the recorded refusal to nominate.</param>
public sealed record NominateRequest([property: Required] DateOnly? SignedOn, bool SignedByAll, [property: MaxLength(20)] IReadOnlyList<NewNominee> Nominees);

public sealed record Nominated(NominationId Id, DateOnly AcknowledgeBy);

internal sealed record TooManyNominees() : Refusal("agreements.too-many-nominees", 422, "At most four persons can be nominated (R60).", "Ask the hirers to name four, in the order in which they shall succeed.");

internal sealed record NomineeMinor(string Name) : Refusal("agreements.nominee-minor", 422, $"{Name} is under age (R61).", "Enter the adult who receives the contents for the nominee until then.");

internal sealed record NomineeNotBorn() : Refusal("agreements.nominee-not-born", 422, "A nominee's date of birth lies in the future.", "Enter the date that stands on the form.");

internal sealed record NotSignedByAll() : Refusal("agreements.not-signed-by-all", 422, "A nomination is made and changed by all hirers together (R62).", "Let every hirer sign the form, then enter it.");

/// <summary>Enters the signed form; what was nominated before is replaced, never edited. Nominees of an old register stay as they were (R65).</summary>
internal sealed class Nominate(StrongroomDb db, Write write)
{
    public const int Most = 4;
    private const int FullAge = 18, WorkingDays = 3;

    public Task<Outcome<Nominated>> Handle(AgreementId id, NominateRequest request, CancellationToken cancel) =>
        write.Do<Nominated>("agreements.nominate", new { id, request }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            if (act.CheckVersion(agreement) is { } stale) return stale;
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            if (agreement.EndedOn is not null) return new AlreadyEnded().About(id);
            var today = await db.TodayAt(agreement.Branch, act.Now, cancel);
            if (Fault(request, today) is { } fault) return fault.About(id);

            db.LeanOn(agreement);
            var hirer = await db.FirstHirer(id, cancel);
            var key = await act.Seals.KeyOf(db, hirer, cancel);
            if (await db.Set<Nomination>().SingleOrDefaultAsync(row => row.Agreement == id && row.ReplacedAt == null, cancel) is { } former) former.ReplacedAt = act.Now;
            var nomination = new Nomination
            {
                Id = act.NewId<Noun.Nomination>(),
                Agreement = id,
                SignedOn = request.SignedOn!.Value,
                Declined = request.Nominees.Count == 0,
                EnteredAt = act.Now,
                EnteredBy = act.Actor.Person,
                AcknowledgeBy = WorkingDaysAfter(today, (await db.CalendarOf(agreement.Branch, today, cancel))!),
            };
            db.Add(nomination);
            var nominated = new Event(nomination.Declined ? AgreementsAudit.NominationDeclined : AgreementsAudit.Nominated)
                .About(agreement, hirer).About(nomination.Id).With("nominees", request.Nominees.Count).With("signed-on", nomination.SignedOn);
            for (var at = 0; at < request.Nominees.Count; at++)
            {
                db.Add(Row(nomination.Id, at + 1, request.Nominees[at], key));
                nominated.Withhold($"nominee-{at + 1}", request.Nominees[at].Name, hirer, key);
            }
            db.Append(act, nominated);
            return new Nominated(nomination.Id, nomination.AcknowledgeBy);
        }, cancel);

    internal static Refusal? Fault(NominateRequest request, DateOnly today)
    {
        if (!request.SignedByAll) return new NotSignedByAll { Field = nameof(request.SignedByAll) };
        if (request.SignedOn > today) return new PaperOfTheFuture { Field = nameof(request.SignedOn) };
        if (request.Nominees.Count > Most) return new TooManyNominees { Field = nameof(request.Nominees) };
        foreach (var nominee in request.Nominees)
        {
            if (nominee.BornOn > today) return new NomineeNotBorn { Field = nameof(request.Nominees) };
            if (nominee.BornOn is { } born && born.AddYears(FullAge) > today && string.IsNullOrWhiteSpace(nominee.Adult))
                return new NomineeMinor(nominee.Name) { Field = nameof(request.Nominees) };
        }
        return null;
    }

    /// <summary>R63. Days on which the branch is open; before its hours are known, every day is one.</summary>
    internal static DateOnly WorkingDaysAfter(DateOnly date, VaultCalendar calendar)
    {
        for (var left = WorkingDays; left > 0; left--) date = calendar.NextDayAfter(date) ?? date.AddDays(1);
        return date;
    }

    private static Nominee Row(NominationId nomination, int position, NewNominee nominee, PersonKeyInHand key) => new()
    {
        Nomination = nomination,
        Position = position,
        Name = key.Seal(Nominee.NameColumn, nomination.Value, nominee.Name.Trim()),
        Relation = key.Seal(Nominee.RelationColumn, nomination.Value, nominee.Relation.Trim()),
        BornOn = nominee.BornOn is { } born ? key.Seal(Nominee.BornOnColumn, nomination.Value, born) : null,
        Adult = string.IsNullOrWhiteSpace(nominee.Adult) ? null : key.Seal(Nominee.AdultColumn, nomination.Value, nominee.Adult.Trim()),
    };
}
