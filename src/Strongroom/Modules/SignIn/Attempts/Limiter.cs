using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.SignIn.Attempts;

internal sealed record TooManyAttempts(int Minutes) : Refusal(
    "sign-in.too-many-attempts", 429, "There were too many attempts that failed.", $"Wait {Minutes} minute(s), then try again. A passkey works at once.");

/// <summary>An attempt under way, counted as failed until it is said to have gone well.</summary>
internal sealed record Attempt(IReadOnlyList<string> Of);

/// <summary>
/// Identity's lockout ignores the clock it is given, so this one is ours. An attempt is counted *before* its password is looked at and taken back
/// afterwards: a hundred tries at once are a hundred tries. Counts are saved apart from the act, which a refusal rolls back.
/// </summary>
internal sealed class Limiter(IServiceScopeFactory scopes, TimeProvider clock, Seals seals)
{
    private const int Tries = 6;

    /// <param name="account">The user name as typed; null when the way in names none (a passkey).</param>
    public async Task<Outcome<Attempt>> Begin(string? account, string? address, CancellationToken cancel)
    {
        string[] of = account is null
            ? [AttemptCount.OfAddress(address)]
            : [AttemptCount.OfAccount(seals, account), AttemptCount.OfAddress(address)];
        DateTime? blocked = null;
        var counted = await Change(of, (rows, db, now) =>
        {
            blocked = rows.Max(row => row.BlockedUntil is { } until && until > now ? until : (DateTime?)null);
            if (blocked is not null) return;
            foreach (var key in of)
            {
                var row = rows.Find(row => row.Of == key);
                if (row is null) db.Add(row = new AttemptCount { Of = key, LastAt = now });
                var rule = AttemptRule.For(key);
                row.Failures = row.LastAt + rule.ForgottenAfter <= now ? 1 : row.Failures + 1;
                row.LastAt = now;
                row.BlockedUntil = rule.PauseAfter(row.Failures) is { Ticks: > 0 } pause ? now + pause : null;
            }
        }, cancel);
        if (blocked is { } until) return new TooManyAttempts((int)Math.Ceiling((until - clock.UtcNow()).TotalMinutes));
        // Whoever cannot be counted is not let through.
        return counted ? new Attempt(of) : new TooManyAttempts(1);
    }

    /// <summary>Went well to the end: the account starts anew. The address only gets this one back, or one's own sign-in would buy fifty guesses.</summary>
    public Task Succeeded(Attempt attempt, CancellationToken cancel) => Change(attempt.Of, (rows, _, _) =>
    {
        foreach (var row in rows) TakeBack(row, row.Of.StartsWith(AttemptCount.AccountPrefix, StringComparison.Ordinal) ? row.Failures : 1);
    }, cancel);

    /// <summary>Right so far, but there is a step to come: earlier failures stay, so that a known password buys no guesses at the code.</summary>
    public Task Halfway(Attempt attempt, CancellationToken cancel) => Change(attempt.Of, (rows, _, _) =>
    {
        foreach (var row in rows) TakeBack(row, 1);
    }, cancel);

    /// <summary>An anonymous failure, for the minute's report. Those of signed-in people are events of their own.</summary>
    public Task Failed(Attempt attempt, PersonId? person, CancellationToken cancel) => Change(attempt.Of, (rows, _, _) =>
    {
        foreach (var row in rows)
        {
            row.Unreported++;
            if (row.Of.StartsWith(AttemptCount.AccountPrefix, StringComparison.Ordinal)) row.Person = person;
        }
    }, cancel);

    private static void TakeBack(AttemptCount row, int failures)
    {
        row.Failures = Math.Max(0, row.Failures - failures);
        row.BlockedUntil = null;
    }

    private async Task<bool> Change(IReadOnlyList<string> of, Action<List<AttemptCount>, StrongroomDb, DateTime> change, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
            change(await db.Set<AttemptCount>().Where(row => of.Contains(row.Of)).ToListAsync(cancel), db, clock.UtcNow());
            try
            {
                await db.SaveChangesAsync(cancel);
                return true;
            }
            catch (Exception lost) when (Collision.Of(lost, db) is not null)
            {
                // Another attempt on the same account or from the same address was counted meanwhile: count after it.
            }
        }
        return false;
    }
}
