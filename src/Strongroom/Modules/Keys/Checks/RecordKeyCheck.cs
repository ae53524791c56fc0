using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys.Checks;

/// <param name="Seen">The guard keys that were shown, wherever they were.</param>
public sealed record KeysSeen([property: Required] IReadOnlyList<KeyId> Seen, [property: StringLength(500)] string? Note);

public sealed record RecordKeyCheckRequest([property: Required] KeysSeen Keys, [property: Required] SignatureId? ShownBy);

public sealed record KeyCheckAsked(SignatureId ShownBy);

internal sealed record NotDrawn() : Refusal("keys.not-drawn", 409, "The lot fell on another officer.", "Only who was drawn verifies the keys.");

internal sealed record CheckDone() : Refusal("keys.check-done", 409, "This verification is done.", "Look at its result.");

/// <summary>The drawn officer has every guard key shown by a custodian, who signs for it. What was not shown is written down by number.</summary>
internal sealed class RecordKeyCheck(StrongroomDb db, Write write)
{
    internal const string Shows = "keys.check.shows";

    public Task<Outcome<KeyCheckAsked>> Ask(KeyCheckId id, KeysSeen keys, CancellationToken cancel) =>
        write.Do<KeyCheckAsked>("keys.ask-check", new { id, keys }, async act =>
        {
            if ((await Plan(act, id, keys, cancel)).Refused(out var refusal, out var plan)) return refusal;
            var words = string.Create(CultureInfo.InvariantCulture, $"I have shown {plan.Seen} guard keys of {plan.BranchName}{(plan.Missing.Length == 0 ? "; none is missing." : $"; not shown: {plan.Missing}.")}");
            return new KeyCheckAsked(Signatures.Ask(db, act, new ToSign(Shows, plan.Payload, words, plan.Check.Branch, null, KeysRights.HandOver, [act.Actor.Person!.Value])));
        }, cancel);

    public Task<Outcome<Done>> Handle(KeyCheckId id, RecordKeyCheckRequest request, CancellationToken cancel) =>
        write.Do<Done>("keys.record-check", new { id, request }, async act =>
        {
            if ((await Plan(act, id, request.Keys, cancel)).Refused(out var refusal, out var plan)) return refusal;
            if ((await Signatures.Use(db, act, request.ShownBy!.Value, Shows, plan.Payload, cancel)).Refused(out refusal, out var shown)) return refusal.About(id);
            var check = plan.Check;
            (check.DoneAt, check.ShownBy, check.Seen, check.Missing) = (act.Now, shown.Id, plan.Seen, plan.Missing);
            check.Note = string.IsNullOrWhiteSpace(request.Keys.Note) ? null : act.Seals.SealForBank(KeyCheck.NotePlace, Encoding.UTF8.GetBytes(request.Keys.Note));
            db.Append(act, new Event(plan.Missing.Length == 0 ? KeysAudit.CheckDone : KeysAudit.CheckFoundMissing).About(id).About(check.Branch).About(shown.Signer).About(plan.NotShown.Select(Subject.Of))
                .With("seen", plan.Seen).With("missing", plan.NotShown.Count).With("late", act.Now > check.DueAt ? "yes" : null));
            return Done.It;
        }, cancel);

    private sealed record CheckPlan(KeyCheck Check, string BranchName, int Seen, IReadOnlyList<KeyId> NotShown, string Missing, KeysSeen Keys)
    {
        public object Payload => new { check = Check.Id, seen = Keys.Seen.OrderBy(key => key.Value).ToList(), note = Keys.Note };
    }

    private async Task<Outcome<CheckPlan>> Plan(Act act, KeyCheckId id, KeysSeen keys, CancellationToken cancel)
    {
        var check = await db.Set<KeyCheck>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (check is null || (check.Officer != act.Actor.Person && !act.Actor.MayAt(KeysRights.Read, check.Branch))) return new NoSuch("verification");
        if (check.Officer != act.Actor.Person) return new NotDrawn().About(id);
        if (check.DoneAt is not null) return new CheckDone().About(id);
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == check.Branch, cancel);
        // Drawn before it, and asked to hand a key over after all.
        if ((await db.HandsToday(branch.Id, branch.Zone, act.Now, cancel)).Contains(check.Officer)) return new HandedOverToday().About(id);
        var all = await db.CustodyFacts().Where(row => row.Branch == check.Branch && row.Vault != null).OrderBy(row => row.Number).Select(row => new { row.Key, row.Number }).ToListAsync(cancel);
        var missing = all.Where(key => !keys.Seen.Contains(key.Key)).ToList();
        return new CheckPlan(check, branch.Name, all.Count - missing.Count, [.. missing.Select(key => key.Key)], string.Join(", ", missing.Select(key => key.Number)), keys);
    }
}
