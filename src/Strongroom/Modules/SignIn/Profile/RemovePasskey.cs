using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Passkeys;

namespace Strongroom.Modules.SignIn.Profile;

internal sealed record LastSecondFactor() : Refusal(
    "sign-in.last-second-factor", 409, "This is your only second factor.", "Add another passkey or an authenticator app first.");

internal sealed class RemovePasskey(StrongroomDb db, Write write)
{
    /// <param name="credential">The key's id in base64url.</param>
    public Task<Outcome<Done>> Handle(string credential, CancellationToken cancel) => write.Do<Done>("sign-in.remove-passkey", credential, async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        var mine = await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == me.User.Id).ToListAsync(cancel);
        var passkey = mine.Find(passkey => Base64Url.EncodeToString(passkey.CredentialId) == credential);
        if (passkey is null) return new NoSuch("passkey");
        if (mine.Count == 1 && me.User.TotpSecret is null) return new LastSecondFactor();
        await YoungPasskeys.Forget(db, [passkey], cancel);
        db.Remove(passkey);
        // Two who each remove one of the last two must not both succeed.
        db.LeanOn(me.User);
        var removed = db.Append(act, new Event(SignInAudit.PasskeyRemoved).About(me.User.Person));
        await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.PasskeyRemoved, removed, act.Now), cancel);
        return Done.It;
    }, cancel);
}
