using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Delivery.Letters;
using Strongroom.Web;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Delivery;

internal static class DeliveryModule
{
    public const string SmsClient = "sms";

    public static IServiceCollection AddDelivery(this IServiceCollection services)
    {
        services.AddSingleton(root => MailSettings.Of(
            root.GetRequiredService<IConfiguration>(), root.GetRequiredService<Settings>(), root.GetRequiredService<IHostEnvironment>()));
        services.AddTransient<IMailCarrier>(root => root.GetRequiredService<MailSettings>() is { Host: not null } settings
            ? new SmtpCarrier(settings)
            : new FolderCarrier(root.GetRequiredService<MailSettings>()));
        services.AddSingleton(root => SmsSettings.Of(
            root.GetRequiredService<IConfiguration>(), root.GetRequiredService<Settings>(), root.GetRequiredService<IHostEnvironment>()));
        services.AddOutgoing(SmsClient, TimeSpan.FromSeconds(20));
        services.AddSingleton<ISmsCarrier>(root => root.GetRequiredService<SmsSettings>() is { Url: not null } settings
            ? new GatewayCarrier(settings, root.GetRequiredService<IHttpClientFactory>().CreateClient(SmsClient))
            : new SmsFolder(root.GetRequiredService<SmsSettings>()));
        services.AddSingleton<RelayBell>().AddSingleton<IInterceptor, RingAfterCommit>();
        services.AddSingleton<Relay>().AddHostedService<RelayWorker>();
        // "doctor": slow and about another machine, so not for readiness.
        services.AddHealthChecks().AddCheck<MailCheck>("mail", HealthStatus.Degraded, ["doctor"]).AddCheck<SmsCheck>("sms", HealthStatus.Degraded, ["doctor"]);
        services.AddSingleton(new NavigationEntry(Face.Desk, "Messages", "/desk/messages", DeliveryRights.Read, 60));
        services.AddDownload<MessagesDownload>(MessagesDownload.Path, DeliveryRights.Read, "Messages to customers", names: true);
        services.AddScoped<ReadMessages>().AddScoped<RevealMessage>().AddScoped<TakeSmsReceipt>();
        services.AddSingleton(new NavigationEntry(Face.Desk, "Letters", "/desk/letters", DeliveryRights.Post, 65, "/desk/messages"));
        services.AddScoped<ReadLetters>().AddScoped<PrintLetter>().AddScoped<PostLetter>().AddScoped<ReturnLetter>();
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
        var letters = routes.MapGroup("/letters").WithTags("Delivery").RequireAuthorization(DeliveryRights.Post);
        letters.MapGet("/", async (ReadLetters read, CancellationToken cancel) => TypedResults.Ok(await read.Board(cancel))).WithName("ListLetters");
        letters.MapPost("/{id}/posted", async (MessageId id, PostLetterRequest request, PostLetter post, HttpContext http, CancellationToken cancel) =>
            (await post.Handle(id, request, cancel)).Answer(http)).WithName("PostLetter");
        letters.MapPost("/{id}/returned", async (MessageId id, ReturnLetter back, HttpContext http, CancellationToken cancel) =>
            (await back.Handle(id, cancel)).Answer(http)).WithName("ReturnLetter");
        // The gateway has no session and no antiforgery token; its signature over the body proves it.
        routes.MapPost("/delivery/sms-receipts", async (HttpContext http, TakeSmsReceipt take, CancellationToken cancel) =>
        {
            var room = new byte[TakeSmsReceipt.MaxBytes + 1];
            var read = await http.Request.Body.ReadAtLeastAsync(room, room.Length, throwOnEndOfStream: false, cancel);
            Outcome<Done> outcome = read > TakeSmsReceipt.MaxBytes
                ? new ReceiptMalformed()
                : await take.Handle(room[..read], http.Request.Headers[TakeSmsReceipt.TimeHeader], http.Request.Headers[TakeSmsReceipt.SignatureHeader], cancel);
            return outcome.Answer(http);
        }).WithTags("Delivery").AllowAnonymous().WithMetadata(new ProvesItself()).WithName("TakeSmsReceipt");
        return routes;
    }

    /// <summary>The letter itself, beside its page and not in the API: a browser opens it.</summary>
    public static void MapLetters(this WebApplication app) => app.MapGet("/desk/letters/{id}/pdf", async (MessageId id, PrintLetter print, CancellationToken cancel) =>
        (await print.Handle(id, cancel)).Refused(out _, out var letter) ? Results.NotFound() : Results.File(letter.Pdf, "application/pdf")).RequireAuthorization(DeliveryRights.Post).ExcludeFromDescription();
}
