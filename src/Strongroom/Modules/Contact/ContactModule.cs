using Microsoft.EntityFrameworkCore.Diagnostics;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Contact;

internal static class ContactModule
{
    public static IServiceCollection AddContact(this IServiceCollection services) => services
        .AddSingleton<WriteLetter>().AddSingleton<AlertHirers>()
        .AddPolicy<ContactPolicy>()
        .AddListener<LockerOpened>(root => root.GetRequiredService<AlertHirers>().On)
        .AddListener<DoorFoundOpen>(root => root.GetRequiredService<AlertHirers>().OnDoorFound)
        .AddListener<HoldWasPlaced>(root => root.GetRequiredService<AlertHirers>().OnHoldPlaced)
        .AddListener<HoldWasLifted>(root => root.GetRequiredService<AlertHirers>().OnHoldLifted)
        .AddListener<MessageFailed>(root => root.GetRequiredService<WriteLetter>().OnFailed)
        .AddListener<SignInActivated>(TellOfSignIn.On).AddListener<SignInChanged>(TellOfSignIn.On).AddListener<SignInAttempted>(TellOfSignIn.On)
        .AddListener<ApprovalsHandedOver>(TellOfStandIn.On).AddListener<ApprovalsTakenBack>(TellOfStandIn.On)
        .AddListener<EmergencyOpened>(TellOfEmergency.On)
        .AddListener<LogAlarm>(TellOfLogAlarm.On)
        .AddListener<MessageAccepted>(NoteTold.On)
        .AddJob<MarkObligationsPastDue>("0 0/5 * * * ?")
        .AddScoped<ReadObligations>().AddSingleton<WrongLinks>().AddScoped<OpenComplaint>().AddScoped<SeeToComplaint>().AddScoped<ReadComplaints>()
        .AddOnlyOne("complaint", ["obligation", "by"], () => new ChangedMeanwhile())
        .AddOnlyOne("complaint", ["year", "sequence"], () => new ChangedMeanwhile())
        .AddScoped<ReadNotices>().AddScoped<MarkNoticesRead>().AddScoped<NoticeCount>()
        .AddSingleton<Bell<PersonId>>().AddSingleton<IInterceptor, RingNotices>()
        .AddDownload<ObligationsDownload>(ObligationsDownload.Path, ContactRights.Read, "Hirers to be told", names: false)
        .AddScoped<TestSend>()
        .AddHostedService<CheckTexts>()
        .AddSingleton(new NavigationEntry(Face.Office, "Texts", "/office/templates", ContactRights.Templates, 40))
        .AddSingleton(new NavigationEntry(Face.Desk, "Obligations", "/desk/obligations", ContactRights.Read, 70, "/desk/messages"))
        .AddOnlyOne("obligation", ["agreement", "reference", "kind"], () => new ChangedMeanwhile());

    public static void MapNotices(this WebApplication app) => NoticeStream.Map(app);

    public static IEndpointRouteBuilder MapContact(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/obligations", async (ReadObligations read, CancellationToken cancel) => TypedResults.Ok(await read.Board(cancel)))
            .WithTags("Contact").RequireAuthorization(ContactRights.Read).WithName("ListObligations");
        routes.MapPost("/templates/test-send", async (TestSendRequest request, TestSend send, HttpContext http, CancellationToken cancel) => (await send.Handle(request, cancel)).Answer(http))
            .WithTags("Contact").RequireAuthorization(ContactRights.Templates).WithName("SendTestMessage");
        routes.MapGet("/notices", async (ReadNotices read, CancellationToken cancel) => TypedResults.Ok(await read.Mine(cancel))).WithTags("Contact").RequireAuthorization(RightPolicies.SignedIn).WithName("ListNotices");
        var complaints = routes.MapGroup("/complaints").WithTags("Contact").RequireAuthorization(ContactRights.Read);
        complaints.MapGet("/", async (ReadComplaints read, CancellationToken cancel) => TypedResults.Ok(await read.Open(null, cancel))).WithName("ListComplaints");
        complaints.MapPost("/{id}/seen", async (ComplaintId id, SeeToComplaint see, HttpContext http, CancellationToken cancel) =>
            (await see.Handle(id, cancel)).Answer(http)).RequireAuthorization(ContactRights.Complaints).WithName("SeeToComplaint");
        return routes;
    }
}
