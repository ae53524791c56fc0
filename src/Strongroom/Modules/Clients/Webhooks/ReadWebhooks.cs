using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Clients.Webhooks;

/// <param name="Waiting">Deliveries under way.</param>
/// <param name="Left">Deliveries given up or held back.</param>
public sealed record WebhookLine(WebhookId Id, ClientId Client, string Url, IReadOnlyList<string> Kinds, string? Owner, DateTime RegisteredAt, DateTime? StoppedAt, int Waiting, int Left);

public sealed record DeliveryLine(
    WebhookDeliveryId Id, EventId Event, string Kind, DateTime HappenedAt, DeliveryState State, int Attempts, string? Answer, DateTime? AcceptedAt, DateTime NextAttemptAt);

internal sealed class ReadWebhooks(StrongroomDb db, CurrentActor current)
{
    public const int PageSize = 50;

    /// <returns>Null where the client's webhooks are not the reader's.</returns>
    public async Task<IReadOnlyList<WebhookLine>?> Of(ClientId client, CancellationToken cancel) =>
        MayRead(client) ? await Lines(db.Set<Webhook>().Where(row => row.Client == client.Value && row.RemovedAt == null), cancel) : null;

    public async Task<WebhookLine?> One(WebhookId id, CancellationToken cancel) =>
        (await Lines(db.Set<Webhook>().Where(row => row.Id == id && row.RemovedAt == null), cancel)).SingleOrDefault() is { } found && MayRead(found.Client) ? found : null;

    /// <summary>Newest first.</summary>
    /// <returns>Null where the webhook is not the reader's.</returns>
    public async Task<(IReadOnlyList<DeliveryLine> Lines, int Total)?> Deliveries(WebhookId id, DeliveryState? state, int skip, CancellationToken cancel)
    {
        if (await One(id, cancel) is null) return null;
        var rows = db.Set<WebhookDelivery>().AsNoTracking().Where(row => row.Webhook == id && (state == null || row.State == state));
        return (await rows.OrderByDescending(row => row.HappenedAt).ThenByDescending(row => row.Id).Skip(skip).Take(PageSize)
            .Select(row => new DeliveryLine(row.Id, row.Event, row.Kind, row.HappenedAt, row.State, row.Attempts, row.Answer, row.AcceptedAt, row.NextAttemptAt)).ToListAsync(cancel), await rows.CountAsync(cancel));
    }

    /// <summary>Those that stand still, whoever's: for the office's first page of clients.</summary>
    public async Task<IReadOnlyList<WebhookLine>> Stopped(CancellationToken cancel) =>
        current.Now.MayEverywhere(ClientsRights.Read) ? await Lines(db.Set<Webhook>().Where(row => row.StoppedAt != null && row.RemovedAt == null), cancel) : [];

    private async Task<List<WebhookLine>> Lines(IQueryable<Webhook> webhooks, CancellationToken cancel)
    {
        var rows = await (from row in webhooks.AsNoTracking()
                          join person in db.PersonFacts() on row.Owner equals (PersonId?)person.Id into owners
                          from owner in owners.DefaultIfEmpty()
                          orderby row.RegisteredAt
                          select new
                          {
                              Row = row,
                              Owner = (string?)owner.Name,
                              Waiting = db.Set<WebhookDelivery>().Count(one => one.Webhook == row.Id && one.State == DeliveryState.Waiting),
                              Left = db.Set<WebhookDelivery>().Count(one => one.Webhook == row.Id && (one.State == DeliveryState.Held || one.State == DeliveryState.GivenUp)),
                          }).ToListAsync(cancel);
        return [.. rows.Select(one => new WebhookLine(
            one.Row.Id, new(one.Row.Client), one.Row.Url, one.Row.Kinds.Split(' '), one.Owner, one.Row.RegisteredAt, one.Row.StoppedAt, one.Waiting, one.Left))];
    }

    private bool MayRead(ClientId client) => current.Now.Client is null ? current.Now.MayEverywhere(ClientsRights.Read) : current.Now.MayHook(client);
}
