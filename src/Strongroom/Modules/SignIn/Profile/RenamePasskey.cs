using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.SignIn.Profile;

public sealed record RenamePasskeyRequest([property: Required, StringLength(60)] string Name);

/// <summary>What its owner calls it, and nothing more: what it may do stays as it was, so no new proof is asked for.</summary>
internal sealed class RenamePasskey(StrongroomDb db, Write write)
{
    /// <param name="credential">The key's id in base64url.</param>
    public Task<Outcome<Done>> Handle(string credential, RenamePasskeyRequest request, CancellationToken cancel) =>
        write.Do<Done>("sign-in.rename-passkey", new { credential, request }, async act =>
        {
            var me = await Me.Of(db, act, cancel);
            var mine = await db.Set<IdentityUserPasskey<Guid>>().Where(passkey => passkey.UserId == me.User.Id).ToListAsync(cancel);
            var passkey = mine.Find(passkey => Base64Url.EncodeToString(passkey.CredentialId) == credential);
            if (passkey is null) return new NoSuch("passkey");
            passkey.Data.Name = request.Name.Trim();
            db.Append(act, new Event(SignInAudit.PasskeyRenamed).About(me.User.Person));
            return Done.It;
        }, cancel);
}
