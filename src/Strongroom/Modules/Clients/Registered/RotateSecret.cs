using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients.Registered;

/// <summary>How long the old secret goes on beside the new one. At once is for one that leaked: it ends the tokens given for it, too.</summary>
public enum Overlap { AtOnce, OneDay, OneWeek }

public sealed record RotateSecretRequest([property: Required, EnumDataType(typeof(Overlap))] Overlap? Overlap);

/// <param name="Secret">Shown now and never again.</param>
/// <param name="OldUntil">Until when the one before is good; null when it is not.</param>
public sealed record SecretRotated(string Secret, DateTime? OldUntil) : IShownOnce;

internal sealed class RotateSecret(StrongroomDb db, Write write)
{
    public Task<Outcome<SecretRotated>> Handle(ClientId id, RotateSecretRequest request, CancellationToken cancel) =>
        write.Do<SecretRotated>("clients.rotate-secret", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(ClientsRights.Write)) return new NotYours();
            if (await db.Set<ApiClient>().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return new NoSuch("client");
            if (client.RevokedAt is not null) return new ClientRevoked().About(id);

            // Two who rotate at once must not each leave the other's secret without an end.
            db.LeanOn(client);
            var until = act.Now + Length(request.Overlap!.Value);
            var standing = await db.Set<ClientSecret>().Where(row => row.Client == id.Value && (row.EndsAt == null || row.EndsAt > act.Now)).ToListAsync(cancel);
            // Two at a time: what was on its way out already goes now, the newest stays for the overlap.
            var newest = standing.MaxBy(row => row.MadeAt);
            foreach (var row in standing) row.EndsAt = row == newest ? until : act.Now;
            if (request.Overlap == Overlap.AtOnce) client.Epoch++;
            var secret = db.NewSecret(act, client);
            db.Append(act, new Event(ClientsAudit.SecretRotated).About(id).With("overlap", request.Overlap.Value));
            return new SecretRotated(secret, newest is not null && until > act.Now ? until : null);
        }, cancel);

    private static TimeSpan Length(Overlap overlap) => overlap switch
    {
        Overlap.AtOnce => TimeSpan.Zero,
        Overlap.OneDay => TimeSpan.FromDays(1),
        Overlap.OneWeek => TimeSpan.FromDays(7),
    };
}
