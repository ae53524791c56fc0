using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Sessions;

internal static class EndingSessions
{
    /// <summary>Ends what is open of a user in the caller's act, and says in the log how many: in the timeline of the person, too, where it is looked for.</summary>
    public static async Task OfUser(StrongroomDb db, Act act, User user, SessionId? except, CancellationToken cancel) =>
        End(db, act, user, await Open(db, user, except, cancel));

    /// <summary>The same for those that the bank's provider had opened.</summary>
    public static async Task ByProvider(StrongroomDb db, Act act, User user, SessionId? except, CancellationToken cancel) =>
        End(db, act, user, [.. (await Open(db, user, except, cancel)).Where(session => session.ByProvider())]);

    private static async Task<List<Session>> Open(StrongroomDb db, User user, SessionId? except, CancellationToken cancel)
    {
        var open = await db.Set<Session>().Where(row => row.User == user.Id && row.EndedAt == null).ToListAsync(cancel);
        open.RemoveAll(row => row.Id == except);
        return open;
    }

    private static void End(StrongroomDb db, Act act, User user, List<Session> open)
    {
        foreach (var session in open) session.EndedAt = act.Now;
        if (open.Count > 0) db.Append(act, new Event(SignInAudit.SessionsEnded).About(user.Person).About(user.Key).With("count", open.Count));
    }
}
