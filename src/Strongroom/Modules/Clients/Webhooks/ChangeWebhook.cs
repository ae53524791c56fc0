using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients.Webhooks;

/// <param name="Secret">Shown now and never again.</param>
/// <param name="OldUntil">Until then messages are signed by both.</param>
public sealed record WebhookSecretRotated(string Secret, DateTime OldUntil) : IShownOnce;

/// <param name="Delivery">One delivery; or</param>
/// <param name="Since">all that happened at this instant or later.</param>
public sealed record ReplayRequest(WebhookDeliveryId? Delivery, DateTime? Since);

/// <param name="Deliveries">How many go out again.</param>
public sealed record Replayed(int Deliveries);

internal sealed class RotateWebhookSecret(StrongroomDb db, Write write)
{
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    public Task<Outcome<WebhookSecretRotated>> Handle(WebhookId id, CancellationToken cancel) =>
        write.Do<WebhookSecretRotated>("clients.rotate-webhook-secret", new { id }, async act =>
        {
            if (await db.OwnWebhook(act.Actor, id, cancel) is not { } webhook) return new NoSuch("webhook");
            var (secret, shown) = WebhookSignature.NewSecret(act.Seals);
            (webhook.OldSecret, webhook.OldUntil, webhook.Secret) = (webhook.Secret, act.Now + Overlap, secret);
            db.Append(act, new Event(ClientsAudit.WebhookSecretRotated).About(id).About(new ClientId(webhook.Client)));
            return new WebhookSecretRotated(shown, webhook.OldUntil.Value);
        }, cancel);
}

internal sealed class RemoveWebhook(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(WebhookId id, CancellationToken cancel) =>
        write.Do<Done>("clients.remove-webhook", new { id }, async act =>
        {
            if (await db.OwnWebhook(act.Actor, id, cancel) is not { } webhook) return new NoSuch("webhook");
            webhook.RemovedAt = act.Now;
            db.Append(act, new Event(ClientsAudit.WebhookRemoved).About(id).About(new ClientId(webhook.Client)));
            return Done.It;
        }, cancel);
}

/// <summary>The other side answers again: what was held back and what was given up goes out.</summary>
internal sealed class ResumeWebhook(StrongroomDb db, Write write)
{
    public Task<Outcome<Replayed>> Handle(WebhookId id, CancellationToken cancel) =>
        write.Do<Replayed>("clients.resume-webhook", new { id }, async act =>
        {
            if (await db.OwnWebhook(act.Actor, id, cancel) is not { } webhook) return new NoSuch("webhook");
            if (webhook.StoppedAt is null) return new WebhookNotStopped().About(id);
            var count = await db.SendAgain(act, db.Set<WebhookDelivery>().Where(row => row.Webhook == id && (row.State == DeliveryState.Held || row.State == DeliveryState.GivenUp)), cancel);
            webhook.StoppedAt = null;
            db.Append(act, new Event(ClientsAudit.WebhookResumed).About(id).About(new ClientId(webhook.Client)).With("deliveries", count));
            return new Replayed(count);
        }, cancel);
}

/// <summary>Sends again what was accepted already: for another side that lost what it had taken.</summary>
internal sealed class ReplayDeliveries(StrongroomDb db, Write write)
{
    /// <summary>So many go out again at once; ask again from the last one's instant for more.</summary>
    public const int Most = 5_000;

    public Task<Outcome<Replayed>> Handle(WebhookId id, ReplayRequest request, CancellationToken cancel) =>
        write.Do<Replayed>("clients.replay-webhook", new { id, request }, async act =>
        {
            if (await db.OwnWebhook(act.Actor, id, cancel) is not { } webhook) return new NoSuch("webhook");
            if (request.Delivery is null == request.Since is null) return new ReplayWhat().About(id);
            if (webhook.StoppedAt is not null) return new WebhookStopped().About(id);
            var of = db.Set<WebhookDelivery>().Where(row => row.Webhook == id);
            if (request.Delivery is { } one) of = of.Where(row => row.Id == one);
            else
            {
                var since = request.Since!.Value.ToUniversalTime();
                of = of.Where(row => row.HappenedAt >= since).OrderBy(row => row.HappenedAt).ThenBy(row => row.Id);
            }
            var count = await db.SendAgain(act, of.Take(Most), cancel);
            if (request.Delivery is not null && count == 0) return new NoSuch("delivery").About(id);
            db.LeanOn(webhook);
            db.Append(act, new Event(ClientsAudit.WebhookReplayed).About(id).About(new ClientId(webhook.Client)).With("deliveries", count));
            return new Replayed(count);
        }, cancel);
}

internal static class SendingAgain
{
    public static async Task<int> SendAgain(this StrongroomDb db, Act act, IQueryable<WebhookDelivery> which, CancellationToken cancel)
    {
        var rows = await which.ToListAsync(cancel);
        foreach (var row in rows) (row.State, row.Since, row.NextAttemptAt, row.Attempts) = (DeliveryState.Waiting, act.Now, act.Now, 0);
        return rows.Count;
    }
}
