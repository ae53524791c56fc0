using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Contracts;

internal sealed record BothSignIn() : Refusal(
    "sign-in.both-sign-in", 409, "Both records have online access.",
    "Ask which sign-in the person uses, and keep the record that has it. Where both are in use, head office has one closed first.");

/// <summary>When two records of one person are merged, a sign-in goes over to the record that stays.</summary>
public static class TakeOverSignIn
{
    /// <summary>A person has one sign-in at most. One that was never used, or is disabled, is no hindrance: it stays behind, closed.</summary>
    public static async Task<Refusal?> ObjectionToOneSignIn(this StrongroomDb db, PersonId from, PersonId into, CancellationToken cancel) =>
        await db.Set<User>().AnyAsync(user => user.Person == from && user.PasswordHash != null && !user.Disabled, cancel)
        && await db.Set<User>().AnyAsync(user => user.Person == into, cancel) ? new BothSignIn() : null;

    /// <summary>Sessions end: what the person may do is read anew at the next sign-in.</summary>
    public static async Task TakeOverUser(this StrongroomDb db, Act act, PersonId from, PersonId into, CancellationToken cancel)
    {
        if (await db.Set<User>().SingleOrDefaultAsync(user => user.Person == from, cancel) is not { } user) return;
        if (await db.Set<User>().AnyAsync(other => other.Person == into, cancel))
        {
            user.Disabled = true;
            foreach (var code in await db.Set<Activation>().Where(row => row.User == user.Id && row.EndedAt == null).ToListAsync(cancel)) code.EndedAt = act.Now;
            return;
        }
        user.Person = into;
        await EndingSessions.OfUser(db, act, user, except: null, cancel);
    }
}
