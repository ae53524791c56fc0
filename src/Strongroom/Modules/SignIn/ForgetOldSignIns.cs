using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Signing;

namespace Strongroom.Modules.SignIn;

/// <summary>
/// Each night: sessions that are long over, challenges whose minutes are past, and questions to sign that nothing came of. A signature that was
/// used is evidence and stays with what it allowed. What happened stays in the log in any case.
/// </summary>
internal sealed class ForgetOldSignIns(StrongroomDb db, SystemActs acts) : IJob
{
    public const string EachNight = "0 47 2 * * ?";

    private const int AtOnce = 500;

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        // A session lasts twelve hours at most, so the day it began says enough.
        var sessions = now - SignInLimits.SessionsKept;
        while (await Remove(db.Set<Session>().Where(row => row.StartedAt < sessions).OrderBy(row => row.StartedAt), null, cancel)) { }
        var challenges = now - SignInLimits.ChallengesKept;
        while (await Remove(db.Set<Challenge>().Where(row => row.ExpiresAt < challenges).OrderBy(row => row.ExpiresAt), null, cancel)) { }
        var questions = now - SignInLimits.UnusedSignaturesKept;
        while (await Remove(db.Set<Signature>().Where(row => row.UsedAt == null && row.ExpiresAt < questions).OrderBy(row => row.ExpiresAt), acts.At(now), cancel)) { }
    }

    /// <returns>Whether more may be left: a table is emptied in small transactions, so that nobody at a counter waits for it.</returns>
    private async Task<bool> Remove<TRow>(IQueryable<TRow> old, Act? told, CancellationToken cancel) where TRow : class
    {
        var rows = await old.Take(AtOnce).ToListAsync(cancel);
        if (rows.Count == 0) return false;
        db.RemoveRange(rows);
        if (told is not null) db.Append(told, new Event(SignInAudit.SignaturesForgotten).With("count", rows.Count));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
        return rows.Count == AtOnce;
    }
}
