using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Modules.Staff.Recertifying;
using Strongroom.Web;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Staff;

/// <summary>Officers, their postings and rights, their training and their declared relatives.</summary>
internal static class StaffModule
{
    public const string DutiesPage = "/office/duties", RecertificationPage = "/office/recertification";

    public static IServiceCollection AddStaff(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<DutiesCheck>("duties apart", tags: ["doctor"]);
        return services
            .AddScoped<IRoleSource, StaffRoles>()
            .AddScoped<ReadStaff>().AddScoped<AddOfficer>().AddScoped<PostOfficer>().AddScoped<EndPosting>().AddScoped<RecordTraining>()
            .AddScoped<DeclareRelative>().AddScoped<ConfirmRelatives>().AddScoped<WithdrawRelative>().AddScoped<OfficerLeaves>().AddScoped<InviteOfficer>().AddScoped<CloseSignIn>().AddScoped<EndOfficersSessions>().AddScoped<EnlistOfficer>()
            .AddScoped<IStandIns, StandIns>()
            .AddPolicy<BreakGlassPolicy>()
            .AddScoped<BreakGlass>().AddScoped<EndEmergency>().AddScoped<ReviewEmergency>().AddScoped<ReadEmergencies>()
            .AddJob<EndEmergencies>(EndEmergencies.EveryMinute)
            .AddOnlyOne("emergency_event", ["emergency", "step"], () => new ChangedMeanwhile())
            .AddPolicy<StaffPolicy>().AddScoped<Recertify>().AddScoped<ReadRecertifications>().AddJob<RemindOfRecertification>(RemindOfRecertification.EachNight)
            .AddDownload<RecertificationsDownload>(RecertificationsDownload.Path, StaffRights.Read, "Roles confirmed", names: true)
            .AddScoped<ReadDuties>().AddJob<ReportDutiesClashes>(ReportDutiesClashes.EachNight)
            .AddApprovedAtOnce<ApprovedPosting, PostingToApprove>()
            .AddOnlyOne("officer", ["staff_number"], () => new StaffNumberTaken { Field = "staffNumber" })
            .AddOnlyOne("officer", ["person"], () => new OfficerAlready { Field = "person" })
            .AddOnlyOne("posting", ["officer", "branch", "role"], () => new PostedAlready { Field = "role" })
            .AddOnlyOne("posting", ["officer", "role"], () => new PostedAlready { Field = "role" })
            .AddOnlyOne("relative", ["officer", "person"], () => new DeclaredAlready { Field = "customerNumber" })
            .AddDownload<StaffDownload>(StaffDownload.Path, StaffRights.Read, "Officers", names: true)
            .AddSingleton(new NavigationEntry(Face.Office, "Staff", "/office/staff", StaffRights.Read, 20))
            .AddSingleton(new NavigationEntry(Face.Office, "Confirm roles", RecertificationPage, StaffRights.Read, 21, "/office/staff"))
            .AddSingleton(new NavigationEntry(Face.Office, "Duties apart", DutiesPage, StaffRights.Read, 22, "/office/staff"))
            .AddSingleton(new NavigationEntry(Face.Office, "Emergencies", "/office/break-glass", StaffRights.Read, 25, "/office/staff"))
            .AddSingleton(new NavigationEntry(Face.Audit, "Emergencies", "/office/break-glass", StaffRights.Read, 25))
            .AddSingleton(new NavigationEntry(Face.Desk, "Emergency access", "/desk/break-glass", RightPolicies.SignedIn, 95, Navigation.Profile))
            .AddSingleton(new NavigationEntry(Face.Desk, "My relatives", "/desk/relatives", RightPolicies.SignedIn, 90, Navigation.Profile));
    }

    public static IEndpointRouteBuilder MapStaff(this IEndpointRouteBuilder api)
    {
        var officers = api.MapGroup("/officers").WithTags("Staff").RequireAuthorization(StaffRights.Read);
        officers.MapGet("/", async (string? search, string? sort, int? page, ReadStaff read, CancellationToken cancel) =>
        {
            var (found, total) = await read.Page(search, left: false, ListQuery.From(sort, page), ReadStaff.PageSize, cancel);
            return TypedResults.Ok(new OfficersPage(found, total));
        }).WithName("ListOfficers");
        officers.MapGet("/{id}", async (OfficerId id, ReadStaff read, HttpContext http, CancellationToken cancel) =>
        {
            var found = await read.One(id, cancel);
            return found.AnswerFound(http, "officer", found?.Version);
        }).WithName("ReadOfficer");

        api.MapGet("/duties", async (ReadDuties read, CancellationToken cancel) => TypedResults.Ok(await read.View(cancel)))
            .WithTags("Staff").RequireAuthorization(StaffRights.Read).WithName("ReadDuties");

        api.MapGet("/recertifications", async (bool? all, ReadRecertifications read, CancellationToken cancel) => TypedResults.Ok(await read.Open(all == true, cancel)))
            .WithTags("Staff").RequireAuthorization(StaffRights.Read).WithName("ListRecertifications");

        var staff = api.MapGroup("").WithTags("Staff").RequireAuthorization(StaffRights.Write);
        staff.MapPost("/recertifications", async (RecertifyRequest request, Recertify slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).Answer(http)).WithName("Recertify");
        staff.MapPost("/officers", async (AddOfficerRequest request, AddOfficer slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(request, cancel)).AnswerCreated(http, added => $"/api/v1/officers/{added.Id}")).WithName("AddOfficer");
        staff.MapPost("/officers/{id}/postings", async (OfficerId id, PostOfficerRequest request, PostOfficer slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).AnswerOrWait(http, posted => posted.Approval)).WithName("PostOfficer");
        staff.MapPost("/postings/{id}/end", async (PostingId id, EndPosting slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("EndPosting");
        staff.MapPost("/officers/{id}/trainings", async (OfficerId id, RecordTrainingRequest request, RecordTraining slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("RecordTraining");
        staff.MapPost("/officers/{id}/invitation", async (OfficerId id, InviteOfficerRequest request, InviteOfficer slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("InviteOfficer");
        staff.MapPost("/officers/{id}/start-over", async (OfficerId id, InviteOfficer slice, HttpContext http, CancellationToken cancel) =>
            (await slice.StartOver(id, cancel)).Answer(http)).WithName("OfficerStartsOver");
        staff.MapPost("/officers/{id}/close-sign-in", async (OfficerId id, CloseSignIn slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Close(id, cancel)).Answer(http)).WithName("CloseOfficersSignIn");
        staff.MapPost("/officers/{id}/reopen-sign-in", async (OfficerId id, CloseSignIn slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Reopen(id, cancel)).Answer(http)).WithName("ReopenOfficersSignIn");
        staff.MapPost("/officers/{id}/end-sessions", async (OfficerId id, EndOfficersSessions slice, HttpContext http, CancellationToken cancel) =>
            (await slice.One(id, cancel)).Answer(http)).WithName("EndOfficersSessions");
        staff.MapPost("/sessions/end-all", async (EndOfficersSessions slice, HttpContext http, CancellationToken cancel) =>
            (await slice.All(cancel)).Answer(http)).WithName("EndAllSessions");
        staff.MapPost("/officers/{id}/leave", async (OfficerId id, OfficerLeaves slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("OfficerLeaves");

        // Any officer may need it, whatever their role; the slices ask whose it is.
        var emergencies = api.MapGroup("/emergencies").WithTags("Staff").RequireAuthorization(RightPolicies.SignedIn);
        emergencies.MapGet("/", async (ReadEmergencies read, CancellationToken cancel) => TypedResults.Ok(await read.All(cancel))).WithName("ListEmergencies");
        emergencies.MapGet("/{id}", async (EmergencyId id, ReadEmergencies read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).Answer(http)).WithName("ReadEmergency");
        emergencies.MapPost("/", async (BreakGlassRequest request, BreakGlass slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(request, cancel)).Answer(http)).WithName("AskToBreakGlass");
        emergencies.MapPost("/{id}/open", async (EmergencyId id, BreakGlass slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Open(id, cancel)).Answer(http)).WithName("BreakGlass");
        emergencies.MapPost("/{id}/end", async (EmergencyId id, EndEmergency slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("EndEmergency");
        emergencies.MapPost("/{id}/review", async (EmergencyId id, ReviewEmergencyRequest request, ReviewEmergency slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(StaffRights.Review).WithName("ReviewEmergency");

        // An officer declares their own family whatever their role; the slices ask whose it is.
        var relatives = api.MapGroup("").WithTags("Staff").RequireAuthorization(RightPolicies.SignedIn);
        relatives.MapPost("/officers/{id}/relatives", async (OfficerId id, DeclareRelativeRequest request, DeclareRelative slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("DeclareRelative");
        relatives.MapPost("/officers/{id}/relatives/confirm", async (OfficerId id, ConfirmRelatives slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("ConfirmRelatives");
        relatives.MapPost("/relatives/{id}/withdraw", async (RelativeId id, WithdrawRelative slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("WithdrawRelative");
        return api;
    }
}

public sealed record OfficersPage(IReadOnlyList<OfficerLine> Officers, int Total);
