using Microsoft.AspNetCore.Antiforgery;
using Strongroom.Data;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Web.Files;

/// <summary>What leaves the bank as a file (ADR 30).</summary>
internal static class FilesModule
{
    public const string Page = "/desk/files";

    public static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<FileAddresses>()
        .AddScoped<FileLimit>().AddScoped<TakeFile>().AddScoped<AskForFile>()
        .AddApproved<ApprovedFile, FileToTake>()
        .AddOnlyOne("file_taken", ["person", "number"], () => new ChangedMeanwhile())
        // On the profile, which is the same for everybody of the bank.
        .AddSingleton(new NavigationEntry(Face.Desk, "Your files", Page, ApprovalsRights.Read, 76, Navigation.Profile));

    public static void MapFiles(this IEndpointRouteBuilder routes) =>
        routes.MapPost($"{Page}/{{id}}", async (ApprovalId id, TakeFile take, IAntiforgery antiforgery, HttpContext http, CancellationToken cancel) =>
        {
            // A page that was left open over night has a token of a session that is over.
            if (!await antiforgery.IsRequestValidAsync(http)) return TypedResults.LocalRedirect(Page);
            if (!(await take.Approved(id, cancel)).Refused(out var refusal, out var taken)) return taken.Answer(http);
            return http.Request.IsByReader() && refusal is not NoSuch ? TypedResults.LocalRedirect($"{Page}?refused={refusal.Code}") : refusal.ToProblem(http);
        }).RequireAuthorization(ApprovalsRights.Read).ExcludeFromDescription();
}
