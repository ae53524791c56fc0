using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog.Events;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Clients.Registered;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>
/// Finds what happened for each webhook, by its place in the log: every event that was committed has one, given once and in order, so that none is missed
/// and none told twice; a business act waits for nothing and writes nothing for it. Deliveries and the cursor are saved together.
/// </summary>
internal sealed class SpreadEvents(StrongroomDb db, Ids ids)
{
    private const int AtOnce = 200;

    private static readonly string BranchKind = Subject.KindOf<Noun.Branch>();

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        if (await db.SequencedEvents().MaxAsync(row => (long?)row.Place, cancel) is not { } newest) return;
        var behind = await (from cursor in db.Set<WebhookCursor>().AsNoTracking()
                            join webhook in db.Set<Webhook>().AsNoTracking() on cursor.Webhook equals webhook.Id
                            join client in db.Set<ApiClient>().AsNoTracking() on webhook.Client equals client.Id
                            where webhook.RemovedAt == null && client.RevokedAt == null && cursor.Next <= newest
                            select new { webhook, client }).ToListAsync(cancel);
        foreach (var one in behind)
        {
            db.ChangeTracker.Clear();
            try
            {
                await Spread(one.webhook, one.client, newest, now, cancel);
            }
            catch (DbUpdateException broken) when (Collision.Of(broken, db) is Collision.LostRace or Collision.NotUnique { Table: "webhook_delivery" })
            {
                // Another node was faster: what is left is found at the next look.
            }
        }
    }

    private async Task Spread(Webhook webhook, ApiClient client, long newest, DateTime now, CancellationToken cancel)
    {
        // Before the deliveries are looked for: whoever saves them with another cursor finds that this one moved.
        var cursor = await db.Set<WebhookCursor>().SingleAsync(row => row.Webhook == webhook.Id, cancel);
        // What the client may no longer know is not told, though it was asked for when it might.
        var (scopes, from) = (client.GetScopes(), cursor.Next);
        var kinds = webhook.Kinds.Split(' ').Where(kind => WebhookKinds.ScopeOf(kind) is { } scope && scopes.Contains(scope)).ToList();
        var events = db.SequencedEvents().Where(row => row.Place >= from && row.Place <= newest && row.At >= webhook.RegisteredAt && kinds.Contains(row.Kind));
        if (!client.WholeBank)
        {
            var branches = (await db.Set<ClientBranch>().Where(row => row.Client == client.Id).Select(row => row.Branch).ToListAsync(cancel)).ConvertAll(branch => branch.Value);
            events = events.Where(row => db.EventAbouts().Any(about => about.Event == row.Id && about.Kind == BranchKind && branches.Contains(about.Id)));
        }
        var found = await (from row in events
                           join facts in db.EventFacts() on row.Id equals facts.Id
                           orderby row.Place
                           select new { row.Place, row.Id, row.At, row.Kind, facts.Body }).Take(AtOnce).ToListAsync(cancel);
        foreach (var one in found.Where(one => !WebhookKinds.KeptBack(one.Kind, EventEncoding.Decode(one.Body).Data)))
        {
            db.Add(new WebhookDelivery
            {
                Id = ids.New<Noun.WebhookDelivery>(now),
                Webhook = webhook.Id,
                Event = one.Id,
                Kind = one.Kind,
                HappenedAt = one.At,
                State = webhook.StoppedAt is null ? DeliveryState.Waiting : DeliveryState.Held,
                Since = now,
                NextAttemptAt = now,
            });
        }
        var next = found.Count == AtOnce ? found[^1].Place + 1 : newest + 1;
        // A quiet webhook need not write each second that nothing was for it.
        if (found.Count == 0 && next - from < AtOnce) return;
        cursor.Next = next;
        await db.SaveChangesAsync(cancel);
    }
}
