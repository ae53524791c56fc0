using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Provider;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

internal sealed record ProfileFacts(
    string UserName, bool HasApp, int RecoveryCodesLeft, IReadOnlyList<PasskeyLine> Passkeys, IReadOnlyList<SessionLine> Sessions)
{
    /// <summary>Since when an account at the bank's provider is linked; null where none is.</summary>
    public DateTime? LinkedSince { get; init; }
}

/// <param name="Credential">The key's id in base64url.</param>
internal sealed record PasskeyLine(string Credential, string Name, DateTime AddedAt, bool Synced);

internal sealed record SessionLine(SessionId Id, string Device, Means Means, string? Address, DateTime StartedAt, DateTime SeenAt, bool ThisOne);

internal sealed class ReadProfile(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    public async Task<ProfileFacts> Read(CancellationToken cancel)
    {
        var (me, now) = (current.Now, clock.UtcNow());
        var user = await db.Set<User>().AsNoTracking().SingleAsync(user => user.Person == me.Person, cancel);
        var passkeys = await db.Set<IdentityUserPasskey<Guid>>().AsNoTracking().Where(passkey => passkey.UserId == user.Id).ToListAsync(cancel);
        var sessions = await db.Set<Session>().AsNoTracking().Where(session => session.User == user.Id && session.EndedAt == null).ToListAsync(cancel);
        return new ProfileFacts(
            user.UserName!,
            user.TotpSecret is not null,
            await db.Set<RecoveryCode>().CountAsync(code => code.User == user.Id && code.UsedAt == null, cancel),
            [.. passkeys
                .Select(passkey => new PasskeyLine(
                    Base64Url.EncodeToString(passkey.CredentialId), passkey.Data.Name ?? "Passkey", passkey.Data.CreatedAt.UtcDateTime, passkey.Data.IsBackedUp))
                .OrderBy(passkey => passkey.AddedAt)],
            [.. sessions
                .Where(session => session.Alive(now))
                .OrderByDescending(session => session.SeenAt)
                .Select(session => new SessionLine(
                    session.Id, session.Device, session.Means, session.Address, session.StartedAt, session.SeenAt, session.Id == me.Session))])
        {
            LinkedSince = await db.Set<ProviderLink>().Where(link => link.User == user.Id).Select(link => (DateTime?)link.LinkedAt).SingleOrDefaultAsync(cancel),
        };
    }
}
