using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.SignIn.Passkeys;

/// <summary>
/// A public key is an ordinary row, and whoever owns the database could put their own in its place, or move it to another user. So the event of adding it
/// holds a hash of both, and a passkey that no event of its user knows proves nothing: to forge it one must write into the log, which others see.
/// </summary>
internal static class PasskeyMark
{
    /// <summary>Of the event's data.</summary>
    public const string Name = "key-sha256";

    /// <summary>SHA-256 of the credential's id, its length first, and its public key; in hex.</summary>
    public static string Of(UserPasskeyInfo passkey)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, passkey.CredentialId.Length);
        return Convert.ToHexStringLower(SHA256.HashData((byte[])[.. length, .. passkey.CredentialId, .. passkey.PublicKey]));
    }

    public static async Task<bool> Stands(StrongroomDb db, Guid user, UserPasskeyInfo passkey, CancellationToken cancel)
    {
        var (mark, kind) = (Of(passkey), Subject.KindOf<Noun.User>());
        var added = await (
            from about in db.EventAbouts()
            join happened in db.EventFacts() on about.Event equals happened.Id
            where about.Kind == kind && about.Id == user && happened.Kind == SignInAudit.PasskeyAdded.Name
            select happened.Body).ToListAsync(cancel);
        return added.Any(body => JsonDocument.Parse(body).RootElement.GetProperty("data").TryGetProperty(Name, out var known) && known.GetString() == mark);
    }
}
