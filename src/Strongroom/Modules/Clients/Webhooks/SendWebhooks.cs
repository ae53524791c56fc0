using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Events;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Contact.Contracts;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>
/// Carries deliveries out, at least once: after a crash between the other side's yes and our commit the message goes again, under the same id. Webhooks
/// go beside each other and each one's deliveries one after the other: a side that does not answer holds up nobody else.
/// </summary>
internal sealed class SendWebhooks(IServiceScopeFactory scopes, SystemActs acts, Seals seals, IHttpClientFactory http)
{
    public const int Batch = 50;

    // Longer than a batch to one slow side takes.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <returns>How many it took: a full batch means that more may wait.</returns>
    public async Task<int> RunOnce(DateTime now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<SpreadEvents>().Run(now, cancel);
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var taken = (await Outbox.Take(db, "webhook_delivery", now, now + Lease, Batch, cancel)).Select(id => new WebhookDeliveryId(id)).ToList();
        if (taken.Count == 0) return 0;
        var due = await db.Set<WebhookDelivery>().AsNoTracking().Where(row => taken.Contains(row.Id)).OrderBy(row => row.HappenedAt).ThenBy(row => row.Id)
            .Select(row => new { row.Id, row.Webhook }).ToListAsync(cancel);
        await Task.WhenAll(due.GroupBy(row => row.Webhook).Select(of => SendAll(of.Key, [.. of.Select(row => row.Id)], now, cancel)));
        return taken.Count;
    }

    private async Task SendAll(WebhookId webhook, IReadOnlyList<WebhookDeliveryId> deliveries, DateTime now, CancellationToken cancel)
    {
        var answers = true;
        foreach (var id in deliveries)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
            var delivery = await db.Set<WebhookDelivery>().SingleAsync(row => row.Id == id, cancel);
            var to = await db.Set<Webhook>().SingleAsync(row => row.Id == webhook, cancel);
            var revoked = await db.Set<ApiClient>().AnyAsync(row => row.Id == to.Client && row.RevokedAt != null, cancel);
            if (revoked || to.RemovedAt is not null || to.StoppedAt is not null) delivery.State = DeliveryState.Held;
            // Who did not answer a moment ago is not asked again for each of the fifty.
            else if (!answers) delivery.NextAttemptAt = now + TimeSpan.FromSeconds(5);
            else answers = await Note(db, delivery, to, await Send(db, delivery, to, now, cancel), now, cancel);
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException broken) when (Collision.Of(broken, db) is Collision.LostRace)
            {
                // Replayed or stopped at the same moment: after the lease it goes once more, and the other side knows its id.
            }
        }
    }

    private sealed record Answered(bool Accepted, bool Gone, string Words);

    private async Task<Answered> Send(StrongroomDb db, WebhookDelivery delivery, Webhook webhook, DateTime now, CancellationToken cancel)
    {
        var body = await Body(db, delivery, cancel);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.UserAgent.ParseAdd("Strongroom-Webhooks/1");
        request.Headers.Add(WebhookSignature.IdHeader, delivery.Id.ToString());
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(now));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(webhook, seals, delivery.Id, now, body));
        try
        {
            using var client = http.CreateClient(WebhookDoor.HttpClient);
            // Of the answer the status alone: what the other side writes is nobody's here.
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return new(response.IsSuccessStatusCode, response.StatusCode == HttpStatusCode.Gone, ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException inner) when (inner is InnerAddressException || inner.InnerException is InnerAddressException)
        {
            return new(false, false, "the address is one of an inner network");
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            return new(false, false, "no connection");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new(false, false, "no answer in time");
        }
    }

    /// <summary>What it is about, by ids; whoever may know more asks for it.</summary>
    private static async Task<byte[]> Body(StrongroomDb db, WebhookDelivery delivery, CancellationToken cancel)
    {
        var says = EventEncoding.Decode(await db.EventFacts().Where(row => row.Id == delivery.Event).Select(row => row.Body).SingleAsync(cancel));
        return JsonSerializer.SerializeToUtf8Bytes(new
        {
            type = delivery.Kind,
            timestamp = delivery.HappenedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
            data = new { @event = delivery.Event.ToString(), about = says.Subjects.Select(subject => new { kind = subject.Kind, id = subject.Id }) },
        });
    }

    /// <returns>True when there was an answer, whatever it was.</returns>
    private async Task<bool> Note(StrongroomDb db, WebhookDelivery delivery, Webhook webhook, Answered answer, DateTime now, CancellationToken cancel)
    {
        delivery.Attempts++;
        delivery.Answer = answer.Words;
        if (answer.Accepted)
        {
            (delivery.State, delivery.AcceptedAt) = (DeliveryState.Accepted, now);
            return true;
        }
        // 410: the other side says itself that nobody is there any more.
        if (!answer.Gone && WebhookBackoff.Next(delivery.Since, delivery.Attempts, now) is { } next)
        {
            delivery.NextAttemptAt = next;
            return false;
        }
        delivery.State = DeliveryState.GivenUp;
        webhook.StoppedAt = now;
        var act = acts.At(now);
        db.Append(act, new Event(ClientsAudit.WebhookStopped).About(webhook.Id).About(new ClientId(webhook.Client)).With("attempts", delivery.Attempts).With("answer", answer.Words));
        foreach (var owner in await Owners(db, webhook, now, cancel)) db.NotifyWebhookStopped(act, owner, webhook.Id);
        return false;
    }

    // Whose it is; where they have left or nobody is named, every administrator.
    private static async Task<IReadOnlyList<PersonId>> Owners(StrongroomDb db, Webhook webhook, DateTime now, CancellationToken cancel)
    {
        var administrators = await Administrators.Of(db, now, cancel);
        return webhook.Owner is { } owner && administrators.Contains(owner) ? [owner] : administrators;
    }
}
