using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web;

namespace Strongroom.Modules.Approvals;

/// <summary>What one person asks for and others decide. Knows persons and signatures, and no business: the acts are registered by their modules.</summary>
internal static class ApprovalsModule
{
    public const string Page = "/desk/approvals";

    public static IServiceCollection AddApprovals(this IServiceCollection services) => services
        .AddSingleton<ApprovedActs>()
        .AddScoped(scope => new ApprovalBook(scope.GetRequiredService<StrongroomDb>(), scope, scope.GetRequiredService<ApprovedActs>(), scope.GetServices<IRoleSource>(), scope.GetRequiredService<IStandIns>()))
        .AddScoped<ReadApprovals>().AddScoped<Approve>().AddScoped<Reject>().AddScoped<Withdraw>()
        .AddScoped<IRoleSource, StandInDoor>().AddScoped<ReadDelegations>().AddScoped<HandOver>().AddScoped<EndHandOver>()
        .AddOnlyOne("approval_delegation_event", ["delegation", "step"], () => new ChangedMeanwhile())
        .AddJob<ExpireApprovals>(ExpireApprovals.EveryFiveMinutes)
        .AddOnlyOne("approval_event", ["approval", "number"], () => new ChangedMeanwhile())
        .AddSingleton(new NavigationEntry(Face.Office, "Approvals", Page, ApprovalsRights.Read, 35))
        .AddSingleton(new NavigationEntry(Face.Audit, "Approvals", Page, ApprovalsRights.Read, 35));

    public static IEndpointRouteBuilder MapApprovals(this IEndpointRouteBuilder routes)
    {
        var approvals = routes.MapGroup("/approvals").WithTags("Approvals").RequireAuthorization(ApprovalsRights.Read);
        approvals.MapGet("/", async (ReadApprovals read, CancellationToken cancel) => TypedResults.Ok(await read.Inbox(cancel))).WithName("ListApprovals");
        approvals.MapGet("/{id}", async (ApprovalId id, ReadApprovals read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).Answer(http)).WithName("ReadApproval");
        approvals.MapPost("/{id}/signature", async (ApprovalId id, Approve slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(id, cancel)).Answer(http)).WithName("AskToApprove");
        approvals.MapPost("/{id}/approve", async (ApprovalId id, ApproveRequest request, Approve slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("Approve");
        approvals.MapPost("/{id}/reject", async (ApprovalId id, RejectRequest request, Reject slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, request, cancel)).Answer(http)).WithName("RejectApproval");
        approvals.MapPost("/{id}/withdraw", async (ApprovalId id, Withdraw slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("WithdrawApproval");

        var delegations = approvals.MapGroup("/delegations");
        delegations.MapGet("/", async (ReadDelegations read, CancellationToken cancel) => TypedResults.Ok(await read.All(cancel))).WithName("ListDelegations");
        delegations.MapGet("/{id}", async (DelegationId id, ReadDelegations read, HttpContext http, CancellationToken cancel) =>
            (await read.One(id, cancel)).Answer(http)).WithName("ReadDelegation");
        delegations.MapPost("/", async (StandInRequest request, HandOver slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Ask(request, cancel)).Answer(http)).WithName("AskToHandOver");
        delegations.MapPost("/{id}/sign", async (DelegationId id, HandOver slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Sign(id, cancel)).Answer(http)).WithName("HandOver");
        delegations.MapPost("/{id}/end", async (DelegationId id, EndHandOver slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(id, cancel)).Answer(http)).WithName("EndHandOver");
        return routes;
    }
}
