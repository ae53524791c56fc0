using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.Phones;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Web;

namespace Strongroom.Modules.Access;

/// <summary>Routes of what happens around visits: phones, paper, corrections, the vault register, what went wrong.</summary>
internal static class AccessRoutes
{
    public static void MapAroundVisits(this IEndpointRouteBuilder api)
    {
        var visits = api.MapGroup("/visits").WithTags("Visits").RequireAuthorization(AccessRights.Receive);
        visits.MapPost("/{id}/operator-signature", async (VisitId id, AskHirer ask, HttpContext http, CancellationToken cancel) =>
            (await ask.Operator(id, cancel)).Answer(http)).WithName("AskOperatorToSign");
        visits.MapPost("/{id}/approvals", async (VisitId id, AskCoHirerRequest request, AskHirer ask, HttpContext http, CancellationToken cancel) =>
            (await ask.CoHirer(id, request, cancel)).Answer(http)).WithName("AskCoHirer");
        visits.MapPost("/{id}/corrections", async (VisitId id, Correction request, CorrectVisit slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).AnswerOrWait(http, asked => asked.Approval)).WithName("CorrectVisit");

        var vaults = api.MapGroup("").WithTags("Vault register").RequireAuthorization(AccessRights.Receive);
        vaults.MapPost("/vaults/{id}/entries", async (VaultId id, EnterVaultRequest request, EnterVault slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("EnterVault");
        vaults.MapPost("/vault-entries/{id}/leave", async (VaultEntryId id, LeaveVault slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("LeaveVault");

        var occurrences = api.MapGroup("").WithTags("Occurrences").RequireAuthorization(AccessRights.Read);
        occurrences.MapGet("/branches/{id}/occurrences", async (BranchId id, int? page, bool? open, ReadOccurrences read, HttpContext http, CancellationToken cancel) =>
            (await read.Of(id, open == true, (Math.Clamp(page ?? 1, 1, 1_000_000) - 1) * ReadOccurrences.PageSize, cancel) is { } found ? new OccurrencesFound(found.Rows, found.Total) : null)
                .AnswerFound(http, "branch")).WithName("ListOccurrences");
        occurrences.MapPost("/branches/{id}/occurrences", async (BranchId id, NoteOccurrenceRequest request, NoteOccurrence slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(AccessRights.Receive).WithName("NoteOccurrence");
        occurrences.MapPost("/occurrences/{id}/seen", async (OccurrenceId id, SeeToOccurrenceRequest request, SeeToOccurrence slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).RequireAuthorization(AccessRights.Warnings).WithName("SeeToOccurrence");

        var paper = api.MapGroup("/branches/{branch}/paper").WithTags("On paper").RequireAuthorization(AccessRights.Day);
        paper.MapPost("/visits/signatures", async (BranchId branch, PaperVisit request, EnterLateVisit slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(branch, request, cancel)).Answer(http)).WithName("AskLateVisit");
        paper.MapPost("/visits", async (BranchId branch, EnterLateVisitRequest request, EnterLateVisit slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(branch, request, cancel)).Answer(http)).WithName("EnterLateVisit");
        paper.MapPost("/days/signatures", async (BranchId branch, PaperDay request, EnterPaperDay slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(branch, request, cancel)).Answer(http)).WithName("AskPaperDay");
        paper.MapPost("/days", async (BranchId branch, EnterPaperDayRequest request, EnterPaperDay slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(branch, request, cancel)).Answer(http)).WithName("EnterPaperDay");
    }
}

public sealed record OccurrencesFound(IReadOnlyList<OccurrenceLine> Occurrences, int Total);
