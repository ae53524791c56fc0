using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>For acts of other modules that a stranger at an open screen must not do: they ask for a proof younger than ten minutes.</summary>
public static class FreshProof
{
    /// <summary>Where a page sends its person to prove anew; they come back to <paramref name="page"/>.</summary>
    public static string AskedAt(string page) => LocalUrl.With("/profile/confirm", "returnUrl", page);

    /// <summary>Null when the act's session proved itself within ten minutes, and for acts that come from no session: the software's own, and those of API clients.</summary>
    public static async Task<Refusal?> WhyNotFresh(this StrongroomDb db, Actor actor, DateTime now, CancellationToken cancel)
    {
        var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(session => session.Id == actor.Session, cancel);
        return session is null || session.Fresh(now) ? null : new NotFresh();
    }
}
