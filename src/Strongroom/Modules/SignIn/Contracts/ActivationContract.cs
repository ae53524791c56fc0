using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// Both halves of an activation code, in clear for the last time. The caller hands <see cref="CounterHalf"/> over at the counter and sends
/// <see cref="SentHalf"/> to the person's registered address; its own answer is marked <see cref="IShownOnce"/>.
/// </summary>
public sealed record Invitation(UserId User, string UserName, string CounterHalf, string SentHalf, DateTime ExpiresAt);

/// <summary>A person's sign-in as other modules may know it.</summary>
public sealed record UserFacts
{
    /// <summary>The same as an actor's User.</summary>
    public Guid Id { get; init; }

    public PersonId Person { get; init; }

    public string UserName { get; init; } = "";

    public bool Disabled { get; init; }

    /// <summary>The person has chosen a password.</summary>
    public bool Activated { get; init; }
}

/// <summary>Raised when somebody took a sign-in into possession: the person hears of it wherever they are reached, in case it was not them.</summary>
/// <param name="Event">Of this activation; another one, after starting over, is told anew.</param>
public sealed record SignInActivated(PersonId Person, EventId Event, DateTime At);

/// <summary>What somebody can change about how they sign in.</summary>
public enum SignInChange { Password, PasskeyAdded, PasskeyRemoved, App, RecoveryCodes, ProviderLinked, ProviderUnlinked }

/// <summary>Raised when somebody who was set up already changed how they sign in: whoever sits at their open screen could have done it.</summary>
public sealed record SignInChanged(PersonId Person, SignInChange Change, EventId Event, DateTime At);

/// <summary>Raised when so many attempts with somebody's user name failed that the name pauses: once, until somebody signs in or a day is quiet.</summary>
public sealed record SignInAttempted(PersonId Person, EventId Event, DateTime At);

public sealed record UserNameTaken() : Refusal("sign-in.user-name-taken", 409, "This user name is taken.", "Take another one.") { }

public sealed record HasUserAlready() : Refusal("sign-in.has-user-already", 409, "This person can sign in already.", "If they lost their password or device, let them start over.");

public sealed record UserNameMalformed() : Refusal("sign-in.user-name-malformed", 422, "A user name has 3 to 60 letters, digits, dots, hyphens or underscores.", "Take a name such as asha.rao.");

public static class ActivationContract
{
    /// <summary>What the page and the link to it are called, for the messages that send people there.</summary>
    public const string PageTitle = "Activate your sign-in";

    public static IQueryable<UserFacts> UserFacts(this StrongroomDb db) => db.Set<User>().AsNoTracking().Select(user => new UserFacts
    {
        Id = user.Id,
        Person = user.Person,
        UserName = user.UserName!,
        Disabled = user.Disabled,
        Activated = user.PasswordHash != null,
    });

    /// <summary>
    /// Gives a person a user without a password, and the code to activate it: 72 hours, five attempts. Asked again before it was used it makes
    /// a new code, and the old one ends.
    /// </summary>
    public static async Task<Outcome<Invitation>> Invite(StrongroomDb db, Act act, PersonId person, string userName, CancellationToken cancel)
    {
        if (!UserNames.AreFine(userName)) return new UserNameMalformed() { Field = "UserName" };
        var normalised = UserNames.Normalise(userName);
        if (await db.Set<User>().AnyAsync(user => user.NormalizedUserName == normalised && user.Person != person, cancel))
            return new UserNameTaken() { Field = "UserName" };
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Person == person, cancel);
        if (user is { PasswordHash: not null }) return new HasUserAlready().About(person);
        if (user is null)
        {
            user = new User { Id = act.NewId<Noun.User>().Value, Person = person };
            db.Add(user);
        }
        user.UserName = userName.Trim();
        user.NormalizedUserName = normalised;
        var invitation = await NewCode(db, act, user, cancel);
        db.Append(act, new Event(SignInAudit.Invited).About(person).About(user.Key));
        return invitation;
    }

    /// <summary>For a person who lost password or device and was identified at the counter: everything they signed in with goes, sessions end, a new code.</summary>
    public static async Task<Outcome<Invitation>> StartOver(StrongroomDb db, Act act, PersonId person, CancellationToken cancel)
    {
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Person == person, cancel);
        if (user is null) return new NoSuch("sign-in").About(person);
        await Credentials.RemoveAll(db, user, cancel);
        await EndingSessions.OfUser(db, act, user, except: null, cancel);
        var invitation = await NewCode(db, act, user, cancel);
        db.Append(act, new Event(SignInAudit.StartedOver).About(person).About(user.Key));
        return invitation;
    }

    /// <summary>Ends what is open of a person's sign-in. Also for a person without a user, in whom nothing changes.</summary>
    public static async Task SignOut(StrongroomDb db, Act act, PersonId person, CancellationToken cancel)
    {
        if (await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(user => user.Person == person, cancel) is { } user)
            await EndingSessions.OfUser(db, act, user, except: null, cancel);
    }

    /// <summary>
    /// Ends every open session of everybody but <paramref name="except"/>, the caller's own: for the hour in which nobody knows whose are stolen. By one statement, in a
    /// transaction of its own within the caller's act: sessions in use are written to all the time, and whoever read them first would lose the race for some of them.
    /// </summary>
    /// <returns>How many ended.</returns>
    public static async Task<int> SignEverybodyOut(StrongroomDb db, Act act, SessionId? except, CancellationToken cancel)
    {
        // Those past their idle limit open nothing any more, and there may be a quarter of a year of them.
        var alive = act.Now - SignInLimits.Idle;
        var open = db.Set<Session>().Where(row => row.EndedAt == null && row.SeenAt > alive && row.Id != except);
        return await db.ChangeAll(open, change => change.SetProperty(row => row.EndedAt, act.Now),
            ended => db.Append(act, new Event(SignInAudit.EverybodySignedOut).With("count", ended)), cancel);
    }

    /// <summary>The next request of the person is refused, whatever session it comes from. Also for a person without a user, in whom nothing changes.</summary>
    public static Task<Outcome<Done>> Disable(StrongroomDb db, Act act, PersonId person, CancellationToken cancel) => Set(db, act, person, disabled: true, cancel);

    public static Task<Outcome<Done>> Enable(StrongroomDb db, Act act, PersonId person, CancellationToken cancel) => Set(db, act, person, disabled: false, cancel);

    private static async Task<Outcome<Done>> Set(StrongroomDb db, Act act, PersonId person, bool disabled, CancellationToken cancel)
    {
        var user = await db.Set<User>().SingleOrDefaultAsync(user => user.Person == person, cancel);
        if (user is null || user.Disabled == disabled) return Done.It;
        user.Disabled = disabled;
        if (disabled) await EndingSessions.OfUser(db, act, user, except: null, cancel);
        db.Append(act, new Event(disabled ? SignInAudit.Disabled : SignInAudit.Enabled).About(person).About(user.Key));
        return Done.It;
    }

    private static async Task<Invitation> NewCode(StrongroomDb db, Act act, User user, CancellationToken cancel)
    {
        foreach (var old in await db.Set<Activation>().Where(row => row.User == user.Id && row.EndedAt == null).ToListAsync(cancel))
            old.EndedAt = act.Now;
        var (counterHalf, sentHalf) = (Readable.New(8, 4), Readable.New(8, 4));
        var expires = act.Now + SignInLimits.ActivationLife;
        db.Add(new Activation { Id = act.NewGuid(), User = user.Id, Code = Activation.Hash(act.Seals, user.Id, counterHalf, sentHalf), MadeBy = act.Actor.Person, ExpiresAt = expires });
        return new Invitation(user.Key, user.UserName!, counterHalf, sentHalf, expires);
    }
}
