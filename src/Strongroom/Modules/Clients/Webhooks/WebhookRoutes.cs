using System.ComponentModel.DataAnnotations;
using Strongroom.Web;

namespace Strongroom.Modules.Clients.Webhooks;

public sealed record DeliveriesPage(IReadOnlyList<DeliveryLine> Deliveries, int Total);

/// <summary>A client's own webhooks; an administrator works with everybody's on the pages.</summary>
internal static class WebhookRoutes
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("/webhooks").WithTags("Webhooks").RequireAuthorization(ClientsRights.Webhooks).OpenToClients(Scopes.WebhooksManage);
        own.MapGet("/", async (ClientId? client, ReadWebhooks read, CurrentActor current, HttpContext http, CancellationToken cancel) =>
            (Whose(current, client) is { } of ? await read.Of(of, cancel) : null).AnswerFound(http, "client")).WithName("ListWebhooks");
        own.MapPost("/", async (ClientId? client, RegisterWebhookRequest request, RegisterWebhook slice, CurrentActor current, HttpContext http, CancellationToken cancel) =>
            (Whose(current, client) is { } of ? await slice.Handle(of, request, cancel) : new NoSuch("client")).AnswerCreated(http, made => $"/api/v1/webhooks/{made.Id}")).WithName("RegisterWebhook");
        own.MapGet("/{id}", async (WebhookId id, ReadWebhooks read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).AnswerFound(http, "webhook")).WithName("ReadWebhook");
        own.MapDelete("/{id}", async (WebhookId id, RemoveWebhook slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("RemoveWebhook");
        own.MapPost("/{id}/secrets", async (WebhookId id, RotateWebhookSecret slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("RotateWebhookSecret");
        own.MapPost("/{id}/resume", async (WebhookId id, ResumeWebhook slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("ResumeWebhook");
        own.MapPost("/{id}/replay", async (WebhookId id, ReplayRequest request, ReplayDeliveries slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("ReplayWebhook");
        own.MapGet("/{id}/deliveries", async (WebhookId id, DeliveryState? state, [Range(1, 100_000)] int? page, ReadWebhooks read, HttpContext http, CancellationToken cancel) =>
            (await read.Deliveries(id, state, ((page ?? 1) - 1) * ReadWebhooks.PageSize, cancel) is { } found ? new DeliveriesPage(found.Lines, found.Total) : null).AnswerFound(http, "webhook")).WithName("ListWebhookDeliveries");
    }

    // A client need not say who it is; a person says whose webhooks they mean.
    private static ClientId? Whose(CurrentActor current, ClientId? asked) => current.Now.Client is { } self && asked is null ? self.Id : asked;
}
