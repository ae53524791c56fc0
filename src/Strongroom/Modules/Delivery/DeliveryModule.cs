using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Delivery;

internal static class DeliveryModule
{
    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton(root => MailSettings.Of(
            root.GetRequiredService<IConfiguration>(), root.GetRequiredService<Settings>(), root.GetRequiredService<IHostEnvironment>()));
        services.AddTransient<IMailCarrier>(root => root.GetRequiredService<MailSettings>() is { Host: not null } settings
            ? new SmtpCarrier(settings)
            : new FolderCarrier(root.GetRequiredService<MailSettings>()));
        services.AddSingleton<RelayBell>().AddSingleton<IInterceptor, RingAfterCommit>();
        services.AddSingleton<Relay>().AddHostedService<RelayWorker>();
        // "doctor": slow and about another machine, so not for readiness.
        services.AddHealthChecks().AddCheck<MailCheck>("mail", HealthStatus.Degraded, ["doctor"]);
        services.AddSingleton(new NavigationEntry(Face.Desk, "Messages", "/desk/messages", DeliveryRights.Read, 60));
        services.AddDownload<MessagesDownload>(MessagesDownload.Path, DeliveryRights.Read);
        services.AddScoped<ReadMessages>().AddScoped<RevealMessage>();
        return services.AddOnlyOne("message", ["address_blind", "purpose", "reference"], () => new ChangedMeanwhile());
    }

    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messages").WithTags("Delivery").RequireAuthorization(DeliveryRights.Read);
        messages.MapGet("/", async (ReadMessages read, MessageState? state, string? sort, int? page, CancellationToken cancel) =>
            TypedResults.Ok(await read.Page(state, ListQuery.From(sort, page), ReadMessages.PageSize, cancel))).WithName("ListMessages");
        messages.MapGet("/{id}", async (MessageId id, ReadMessages read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).AnswerFound(http, "message")).WithName("ReadMessage");
        messages.MapPost("/{id}/reveal", async (MessageId id, RevealMessage reveal, HttpContext http, CancellationToken cancel) =>
            (await reveal.Handle(id, cancel)).Answer(http)).WithName("RevealMessage");
        return routes;
    }
}
