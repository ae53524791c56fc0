using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>By what the second officer knew whose passkey it is.</summary>
public enum PasskeyCheck { IdentityDocument, PhotographCompared }

/// <summary>A passkey that approves no opening yet.</summary>
/// <param name="Credential">The key's id in base64url.</param>
/// <param name="Name">What its owner calls it.</param>
public sealed record YoungPasskey(string Credential, string Name, DateTime AddedAt, DateTime CountsFrom);

public sealed record SecondOfficerNeeded() : Refusal(
    "sign-in.second-officer-needed", 403, "Who made the activation code cannot confirm the passkey as well.", "Ask a colleague to check the identity and confirm it.");

public static class PasskeyContract
{
    /// <summary>Who has a passkey signs with it what others can check afterwards.</summary>
    public static Task<bool> HasPasskey(this StrongroomDb db, PersonId person, CancellationToken cancel) => (
        from user in db.Set<User>()
        join passkey in db.Set<IdentityUserPasskey<Guid>>() on user.Id equals passkey.UserId
        where user.Person == person
        select passkey.CredentialId).AnyAsync(cancel);

    public static async Task<IReadOnlyList<YoungPasskey>> YoungPasskeys(this StrongroomDb db, PersonId person, DateTime now, CancellationToken cancel)
    {
        var passkeys = await (
            from user in db.Set<User>().AsNoTracking()
            join passkey in db.Set<IdentityUserPasskey<Guid>>().AsNoTracking() on user.Id equals passkey.UserId
            where user.Person == person && !db.Set<PasskeyConfirmation>().Any(confirmed => confirmed.CredentialId == passkey.CredentialId)
            select passkey).ToListAsync(cancel);
        return [.. passkeys
            .Where(passkey => Passkeys.YoungPasskeys.IsYoung(passkey.Data.CreatedAt, now))
            .OrderBy(passkey => passkey.Data.CreatedAt)
            .Select(passkey => new YoungPasskey(
                Base64Url.EncodeToString(passkey.CredentialId), passkey.Data.Name ?? "Passkey", passkey.Data.CreatedAt.UtcDateTime,
                passkey.Data.CreatedAt.UtcDateTime + SignInLimits.PasskeyYouth))];
    }

    /// <summary>
    /// A second officer checked the person's identity and that the passkey is theirs: from now on it approves openings. Neither the person nor
    /// who made the last activation code can be that officer.
    /// </summary>
    public static async Task<Outcome<Done>> ConfirmPasskey(
        StrongroomDb db, Act act, PersonId person, string credential, PasskeyCheck check, CancellationToken cancel)
    {
        var young = (await db.YoungPasskeys(person, act.Now, cancel)).FirstOrDefault(passkey => passkey.Credential == credential);
        if (young is null) return new NoSuch("passkey that waits to be confirmed").About(person);
        if (act.Actor.Person is not { } officer || officer == person) return new NotYours().About(person);
        var user = await db.Set<User>().SingleAsync(user => user.Person == person, cancel);
        var madeBy = await db.Set<Activation>().Where(row => row.User == user.Id).OrderByDescending(row => row.ExpiresAt).Select(row => row.MadeBy).FirstOrDefaultAsync(cancel);
        if (madeBy == officer) return new SecondOfficerNeeded().About(person);
        db.Add(new PasskeyConfirmation { CredentialId = Base64Url.DecodeFromChars(credential), By = officer, Check = check, At = act.Now });
        db.Append(act, new Event(SignInAudit.PasskeyConfirmed).About(person).About(user.Key).With("check", check));
        return Done.It;
    }
}
