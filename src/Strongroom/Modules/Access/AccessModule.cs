using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.Phones;
using Strongroom.Modules.Access.Registers;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Web;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Access;

internal static class AccessModule
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services
        .AddPolicy<AccessPolicy>()
        .AddScoped<OpenDay>().AddScoped<CloseDay>()
        .AddScoped<CheckIn>().AddScoped<Identify>().AddScoped<AskSecondOfficer>().AddScoped<Admit>().AddScoped<LeaveAlone>().AddScoped<LockUp>().AddScoped<EmbossKey>()
        .AddScoped<ReadDayAtBranch>().AddScoped<ReadVisitWarnings>().AddScoped<ReadVisitChanges>().AddScoped<SeeToVisitWarning>()
        .AddScoped<ReadVisitLists>().AddDownload<VisitsDownload>(VisitsDownload.Path, AccessRights.Read, "Visits", names: true).AddDownload<OldVisitsDownload>(OldVisitsDownload.Path, AccessRights.Read, "Old visit register", names: true)
        .AddScoped<CheckOut>().AddScoped<UndoAct>().AddScoped<EndVisit>()
        .AddScoped<AskHirer>().AddScoped<ShowDrawn>().AddScoped<NoteOccurrence>().AddScoped<SeeToOccurrence>().AddScoped<ReadOccurrences>().AddJob<NoteLongVisits>("0 * * * * ?")
        .AddScoped<EnterVault>().AddScoped<LeaveVault>().AddScoped<ReadVaultRegister>()
        .AddRegister<VisitRegister>(VisitRegister.Path, AccessRights.Read, "visits", "Visit register")
        .AddRegister<VaultRegisterOnPaper>(VaultRegisterOnPaper.Path, AccessRights.Read, "vault", "Vault register")
        .AddRegister<OccurrenceRegister>(OccurrenceRegister.Path, AccessRights.Read, "occurrences", "Occurrence register")
        .AddScoped<EnterLateVisit>().AddScoped<EnterPaperDay>().AddScoped<CorrectVisit>().AddApprovedAtOnce<ApprovedCorrection, CorrectionToApprove>().AddScoped<ReadCorrections>()
        .AddOnlyOne("occurrence", ["visit"], () => new ChangedMeanwhile())
        .AddOnlyOne("vault_entry", ["officer"], () => new InsideAlready())
        .AddOnlyOne("visit", ["branch", "paper_slip"], () => new SlipEntered { Field = "slip" })
        .AddScoped<IObjectToEnd, VisitObjects>()
        .AddSingleton(new NavigationEntry(Face.Desk, "Today", "/desk", AccessRights.Read, 10))
        .AddSingleton(new NavigationEntry(Face.Desk, "Day", "/desk/day", AccessRights.Day, 20))
        .AddOnlyOne("seen_warning", ["decision"], () => new WarningSeenAlready())
        .AddOnlyOne("visit", ["locker"], () => new LockerInVisit("of this visit"))
        .AddOnlyOne("visit", ["day", "number"], () => new ChangedMeanwhile())
        .AddOnlyOne("branch_day", ["branch"], () => new DayAlreadyOpen())
        .AddOnlyOne("branch_day", ["branch", "date"], () => new DayWasClosed());

    /// <summary>What was drawn at visits, beside their pages and not in the API: a browser shows it.</summary>
    public static void MapDrawn(this WebApplication app) => ShowDrawn.Map(app);

    public static IEndpointRouteBuilder MapAccess(this IEndpointRouteBuilder api)
    {
        var days = api.MapGroup("/branches/{branch}/day").WithTags("Branch day").RequireAuthorization(AccessRights.Read);
        days.MapPost("/open/signatures", async (BranchId branch, OpenDay open, HttpContext http, CancellationToken cancel) =>
            (await open.Ask(branch, cancel)).Answer(http)).WithName("AskToOpenDay");
        days.MapPost("/open", async (BranchId branch, OpenDayRequest request, OpenDay open, HttpContext http, CancellationToken cancel) =>
            (await open.Handle(branch, request, cancel)).Answer(http)).WithName("OpenDay");
        days.MapPost("/close/signatures", async (BranchId branch, ClosingRound round, CloseDay close, HttpContext http, CancellationToken cancel) =>
            (await close.Ask(branch, round, cancel)).Answer(http)).WithName("AskToCloseDay");
        days.MapPost("/close", async (BranchId branch, CloseDayRequest request, CloseDay close, HttpContext http, CancellationToken cancel) =>
            (await close.Handle(branch, request, cancel)).Answer(http)).WithName("CloseDay");

        var visits = api.MapGroup("/visits").WithTags("Visits").RequireAuthorization(AccessRights.Read);
        visits.MapGet("/{id}", ReadVisit).OpenToClients(Scopes.VisitsRead).WithName("ReadVisit");
        visits.MapGet("/changes", async (long? after, DateTime? since, int? limit, ReadVisitChanges read, CancellationToken cancel) =>
            TypedResults.Ok(await read.After(after, since, limit ?? ReadVisitChanges.Most, cancel))).OpenToClients(Scopes.VisitsRead).WithName("ListVisitChanges");
        visits.MapPost("/", async (CheckInRequest request, CheckIn checkIn, HttpContext http, CancellationToken cancel) =>
            (await checkIn.Handle(request, cancel)).AnswerCreated(http, step => $"/api/v1/visits/{step.Id}")).WithName("CheckIn");
        visits.MapPost("/{id}/identify", async (VisitId id, IdentifyRequest request, Identify identify, HttpContext http, CancellationToken cancel) =>
            (await identify.Handle(id, request, cancel)).Answer(http)).WithName("Identify");
        visits.MapPost("/{id}/second-officer", async (VisitId id, AskSecondOfficer ask, HttpContext http, CancellationToken cancel) =>
            (await ask.Handle(id, cancel)).Answer(http)).WithName("AskSecondOfficer");
        visits.MapPost("/{id}/admit", async (VisitId id, AdmitRequest request, Admit admit, HttpContext http, CancellationToken cancel) =>
            (await admit.Handle(id, request, cancel)).Answer(http)).WithName("Admit");
        visits.MapPost("/{id}/leave-alone", async (VisitId id, bool? openAlready, LeaveAlone alone, HttpContext http, CancellationToken cancel) =>
            (await alone.Handle(id, new LeaveAloneRequest(openAlready == true), cancel)).Answer(http)).WithName("LeaveAlone");
        visits.MapPost("/{id}/keys/{key}/emboss", async (VisitId id, KeyId key, EmbossKey emboss, HttpContext http, CancellationToken cancel) =>
            (await emboss.Handle(id, key, cancel)).Answer(http)).WithName("EmbossKey");
        visits.MapPost("/{id}/lock-up", async (VisitId id, LockUpRequest request, LockUp lockUp, HttpContext http, CancellationToken cancel) =>
            (await lockUp.Handle(id, request, cancel)).Answer(http)).WithName("LockUp");
        visits.MapPost("/{id}/check-out", async (VisitId id, CheckOut checkOut, HttpContext http, CancellationToken cancel) =>
            (await checkOut.Handle(id, cancel)).Answer(http)).WithName("CheckOut");
        visits.MapPost("/{id}/undo", async (VisitId id, UndoAct undo, HttpContext http, CancellationToken cancel) =>
            (await undo.Handle(id, cancel)).Answer(http)).WithName("UndoVisitAct");
        visits.MapPost("/{id}/leave", async (VisitId id, EndVisitRequest request, EndVisit end, HttpContext http, CancellationToken cancel) =>
            (await end.Leave(id, request, cancel)).Answer(http)).WithName("LeaveVisit");
        visits.MapPost("/{id}/abort", async (VisitId id, EndVisitRequest request, EndVisit end, HttpContext http, CancellationToken cancel) =>
            (await end.Abort(id, request, cancel)).Answer(http)).WithName("AbortVisit");

        var warnings = api.MapGroup("").WithTags("Visits").RequireAuthorization(AccessRights.Warnings);
        warnings.MapGet("/branches/{id}/visit-warnings", async (BranchId id, int? page, ReadVisitWarnings read, HttpContext http, CancellationToken cancel) =>
            (await read.Open(id, (Math.Clamp(page ?? 1, 1, 1_000_000) - 1) * ReadVisitWarnings.PageSize, cancel)).AnswerFound(http, "branch")).WithName("ListVisitWarnings");
        warnings.MapPost("/visit-warnings/{id}/seen", async (DecisionId id, SeeToVisitWarning slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("SeeToVisitWarning");
        api.MapAroundVisits();
        return api;
    }

    private static async Task<Results<Ok<VisitFacts>, ProblemHttpResult>> ReadVisit(
        VisitId id, StrongroomDb db, CurrentActor current, HttpContext http, CancellationToken cancel)
    {
        var visit = await db.VisitFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (visit is not null && !current.Now.MayAt(AccessRights.Read, visit.Branch)) visit = null;
        return visit.AnswerFound(http, "visit", visit?.Version);
    }
}
