using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Data;

/// <summary>
/// Carries out one act: answers a repeated request with its first answer, lets the slice decide, saves everything in one transaction,
/// and after a lost race reads and decides once more. A refusal of a signed-in person or of a client is written to the log in a transaction of its own.
/// Pages and endpoints call their slices through it.
/// </summary>
internal sealed class Write(StrongroomDb db, CurrentActor current, IHttpContextAccessor http, TimeProvider clock, Ids ids, Seals seals, Listeners listeners, OnlyOneRules rules, Telemetry telemetry)
{
    /// <param name="name">The act's stable name, "access.admit"; a refusal is logged under it.</param>
    /// <param name="request">What was asked, as the fingerprint of the idempotency key sees it.</param>
    /// <param name="decide">Reads, decides and changes tracked rows; saves nothing itself. Runs again after a lost race.</param>
    public async Task<Outcome<T>> Do<T>(string name, object request, Func<Act, Task<Outcome<T>>> decide, CancellationToken cancel)
    {
        using var watch = telemetry.Begin(name);
        var outcome = await Carry(name, request, decide, watch, cancel);
        watch.End(outcome switch
        {
            { Replayed: true } => ActEnd.Replayed,
            { Refusal: ChangedMeanwhile or TooBusy } => ActEnd.Raced,
            { Refusal: not null } => ActEnd.Refused,
            _ => ActEnd.Accepted,
        }, outcome.Refusal);
        return outcome;
    }

    private async Task<Outcome<T>> Carry<T>(string name, object request, Func<Act, Task<Outcome<T>>> decide, Telemetry.Watch watch, CancellationToken cancel)
    {
        var actor = current.Now;
        var mark = await RequestMark.Of(http.HttpContext, cancel);
        var fingerprint = mark.Key is null || actor.Caller is null ? null : IdempotencyRow.FingerprintOf(name, request);

        for (var attempt = 1; ; attempt++)
        {
            if (attempt > 1) watch.Retry();
            db.ChangeTracker.Clear();
            if (fingerprint is not null && await AnswerBefore<T>(actor, mark.Key!, fingerprint, cancel) is { } before) return before;

            var act = new Act(actor, clock.UtcNow(), ids, seals, listeners, mark.Version);
            var outcome = await decide(act);
            if (outcome.Refused(out var refusal, out var value))
            {
                db.ChangeTracker.Clear();
                // Its twin may have committed between our look and our decision.
                if (fingerprint is not null && await AnswerBefore<T>(actor, mark.Key!, fingerprint, cancel) is { } twin) return twin;
                return await Refuse(name, refusal, actor, cancel);
            }

            if (fingerprint is not null) Remember(actor, mark.Key!, fingerprint, value, act.Now);
            try
            {
                await db.SaveChangesAsync(cancel);
                return outcome;
            }
            catch (Exception broken) when (Collision.Of(broken, db) is { } collision)
            {
                db.ChangeTracker.Clear();
                switch (collision)
                {
                    case Collision.NotUnique { Table: "idempotency" }: continue;
                    case Collision.LostRace or Collision.OutOfBounds when attempt == 1: continue;
                    case Collision.LostRace: return await Refuse(name, new ChangedMeanwhile(), actor, cancel);
                    case Collision.TimedOut: return new TooBusy();
                    case Collision.NotUnique unique when rules.For(unique) is { } rule: return await Refuse(name, rule, actor, cancel);
                    default: throw;
                }
            }
        }
    }

    private async Task<Outcome<T>?> AnswerBefore<T>(Actor actor, string key, byte[] fingerprint, CancellationToken cancel)
    {
        var row = await db.Set<IdempotencyRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Owner == actor.Caller && row.Key == key, cancel);
        if (row is null) return null;
        if (!row.Fingerprint.AsSpan().SequenceEqual(fingerprint)) return (Outcome<T>)new KeyReused();
        return row.Answer is null ? (Outcome<T>)new DoneBefore() : Outcome<T>.AgainAs(JsonSerializer.Deserialize<T>(row.Answer)!);
    }

    private void Remember<T>(Actor actor, string key, byte[] fingerprint, T value, DateTime now) =>
        db.Add(new IdempotencyRow
        {
            Owner = actor.Caller!.Value,
            Key = key,
            Fingerprint = fingerprint,
            Answer = value is IShownOnce ? null : JsonSerializer.Serialize(value),
            At = now,
        });

    private async Task<Refusal> Refuse(string name, Refusal refusal, Actor actor, CancellationToken cancel)
    {
        if (!actor.Known) return refusal;
        var act = new Act(actor, clock.UtcNow(), ids, seals, listeners);
        db.Append(act, new Event(AuditKinds.Refused).About(refusal.Subjects).With("act", name).With("code", refusal.Code));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return refusal;
    }
}
