using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Clients.Registered;

namespace Strongroom.Modules.Clients.Webhooks;

/// <param name="Url">https, without user name or fragment.</param>
/// <param name="Kinds">Kinds of events: "access.checked-in".</param>
public sealed record RegisterWebhookRequest(
    [property: Required, StringLength(WebhookTables.UrlLength)] string Url,
    [property: Required, Length(1, 50)] IReadOnlyList<string> Kinds);

/// <param name="Secret">Shown now and never again: "whsec_" and base64, as Standard Webhooks write it.</param>
public sealed record WebhookRegistered(WebhookId Id, string Secret) : IShownOnce;

internal sealed class RegisterWebhook(StrongroomDb db, Write write, WebhookDoor door)
{
    public Task<Outcome<WebhookRegistered>> Handle(ClientId id, RegisterWebhookRequest request, CancellationToken cancel) =>
        write.Do<WebhookRegistered>("clients.register-webhook", new { id, request }, async act =>
        {
            if (!act.Actor.MayHook(id) || await db.Set<ApiClient>().SingleOrDefaultAsync(row => row.Id == id.Value, cancel) is not { } client) return new NoSuch("client");
            if (client.RevokedAt is not null) return new ClientRevoked().About(id);
            if (WhyNotGo(request.Url) is { } fault) return (fault with { Field = nameof(request.Url) }).About(id);
            foreach (var kind in request.Kinds)
            {
                if (WebhookKinds.ScopeOf(kind) is not { } scope) return new WebhookKindUnknown(kind) { Field = nameof(request.Kinds) }.About(id);
                if (!client.GetScopes().Contains(scope)) return new WebhookKindNotAllowed(kind, scope) { Field = nameof(request.Kinds) }.About(id);
            }

            var (secret, shown) = WebhookSignature.NewSecret(act.Seals);
            var webhook = new Webhook
            {
                Id = act.NewId<Noun.Webhook>(),
                Client = client.Id,
                Url = request.Url,
                Kinds = string.Join(' ', request.Kinds.Distinct().Order(StringComparer.Ordinal)),
                Secret = secret,
                Owner = act.Actor.Person ?? client.RegisteredBy,
                RegisteredAt = act.Now,
            };
            db.LeanOn(client);
            db.Add(webhook);
            // From here on, and not what was before.
            db.Add(new WebhookCursor { Webhook = webhook.Id, Next = (await db.SequencedEvents().MaxAsync(row => (long?)row.Place, cancel) ?? -1) + 1 });
            db.Append(act, new Event(ClientsAudit.WebhookRegistered).About(id).About(webhook.Id).With("host", new Uri(webhook.Url).IdnHost).With("kinds", webhook.Kinds));
            return new WebhookRegistered(webhook.Id, shown);
        }, cancel);

    // A name is looked at again at each connection; an address that is written down can be refused while somebody is there to read it.
    private Refusal? WhyNotGo(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0
            || !(uri.Scheme == Uri.UriSchemeHttps || (door.PlainHttp && uri.Scheme == Uri.UriSchemeHttp))) return new WebhookNotHttps();
        return IPAddress.TryParse(uri.IdnHost, out var address) && !door.Opens(address) ? new WebhookInner() : null;
    }
}

internal static class OwnWebhooks
{
    /// <summary>A client has its own webhooks; an administrator everybody's.</summary>
    public static bool MayHook(this Actor actor, ClientId client) =>
        actor.Client is { } self ? self.Id == client && actor.May(ClientsRights.Webhooks) : actor.MayEverywhere(ClientsRights.Webhooks);

    /// <summary>Tracked; null where it is not there, not the actor's, or removed.</summary>
    public static async Task<Webhook?> OwnWebhook(this StrongroomDb db, Actor actor, WebhookId id, CancellationToken cancel) =>
        await db.Set<Webhook>().SingleOrDefaultAsync(row => row.Id == id && row.RemovedAt == null, cancel) is { } row && actor.MayHook(new(row.Client)) ? row : null;
}
