using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>The cookie of a session that has begun, for the browser and nobody else.</summary>
internal sealed record SessionBegun(string Cookie, bool Enrolling) : IShownOnce;

/// <summary>The cookie in place of the one before, of the same session; null where the act came from no session.</summary>
internal sealed record SessionRenewed(string? Cookie) : IShownOnce;

internal static class BeginSession
{
    /// <summary>Adds a session to the caller's act. The event's actor is the person who came in, not the nobody who asked.</summary>
    public static async Task<SessionBegun> Of(StrongroomDb db, Act act, User user, Means means, bool enrolling, HttpContext? http, CancellationToken cancel)
    {
        await EndWhatIsLocked(db, act.By(user), http?.Features.Get<LockedSession>(), cancel);
        await EndWhatIsOpen(db, act, cancel);
        await EndTheOldest(db, act.By(user), user, cancel);
        var id = act.NewId<Noun.Session>();
        var ticket = Ticket.New(id.Value);
        db.Add(new Session
        {
            Id = id,
            User = user.Id,
            SecretHash = ticket.Hash(),
            Means = means,
            Enrolling = enrolling,
            StartedAt = act.Now,
            ProvedAt = means is Means.Provider or Means.ProviderAndCode ? null : act.Now,
            SeenAt = act.Now,
            Device = Device.Of(http?.Request.Headers.UserAgent),
            Address = act.Actor.Address,
        });
        db.Append(act.By(user), new Event(SignInAudit.SignedIn).About(user.Person).About(id).With("means", means));
        return new SessionBegun(ticket.ToString(), enrolling);
    }

    // The new cookie takes the place of the locked session's: nobody could ever unlock it again, and it would only stand there until its idle limit.
    private static async Task EndWhatIsLocked(StrongroomDb db, Act act, LockedSession? locked, CancellationToken cancel)
    {
        if (locked is null || await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == locked.Id && row.EndedAt == null, cancel) is not { } left) return;
        left.EndedAt = act.Now;
        db.Append(act, new Event(SignInAudit.LeftLocked).About(locked.Person).About(left.Id));
    }

    // So does an open one's. An enrolling session that this one takes the place of has been ended by its own act.
    private static async Task EndWhatIsOpen(StrongroomDb db, Act act, CancellationToken cancel)
    {
        if (await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == act.Actor.Session && row.EndedAt == null, cancel) is not { EndedAt: null } left) return;
        left.EndedAt = act.Now;
        db.Append(act, new Event(SignInAudit.LeftOpen).About(act.Actor.Person).About(left.Id));
    }

    private static async Task EndTheOldest(StrongroomDb db, Act act, User user, CancellationToken cancel)
    {
        // Of two who sign in at once neither sees the other's session; the second one saved looks again.
        db.LeanOn(user);
        var open = await db.Set<Session>().Where(row => row.User == user.Id && row.EndedAt == null).ToListAsync(cancel);
        var tooMany = open.Where(row => row.Alive(act.Now)).OrderByDescending(row => row.SeenAt).ThenByDescending(row => row.StartedAt).Skip(SignInLimits.SessionsAtOnce - 1).ToList();
        foreach (var session in tooMany) session.EndedAt = act.Now;
        if (tooMany.Count > 0) db.Append(act, new Event(SignInAudit.SessionsEnded).About(user.Person).About(user.Key).With("count", tooMany.Count).With("because", "too-many"));
    }
}

/// <summary>A browser and a system, in words that its owner recognises; no more is kept of what the browser says of itself.</summary>
internal static class Device
{
    // In this order: Edge and Opera call themselves Chrome, Chrome calls itself Safari, Android calls itself Linux.
    private static readonly (string Token, string Name)[]
        Browsers = [("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari")],
        Systems = [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var browser = NameIn(Browsers, userAgent);
        var system = NameIn(Systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => "Unknown device",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} on {system}",
        };
    }

    private static string? NameIn((string Token, string Name)[] known, string? userAgent) =>
        Array.Find(known, one => userAgent?.Contains(one.Token, StringComparison.Ordinal) == true).Name;
}
