using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Web;

namespace Strongroom.Modules.Policies;

internal static class PoliciesModule
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<Packs>(root => new(root.GetServices<PolicyKind>()));
        services.AddScoped(scope => new PolicyBook(scope.GetRequiredService<StrongroomDb>(), scope.GetRequiredService<Packs>()));
        services.AddSingleton(root => new PolicyBooks(root.GetRequiredService<Packs>()));
        services.AddScoped<SetPolicy>().AddScoped<DecidePolicy>().AddScoped<ReadPolicies>();
        services.AddPolicy<ApprovalPolicy>();
        services.AddApprovedAtOnce<ApprovedPolicy, PolicyToDecide>();
        services.AddSingleton(new NavigationEntry(Face.Office, "Policies", "/office/policies", PoliciesRights.Read, 30));
        services.AddHostedService<CheckPacks>();
        services.AddOnlyOne("policy_version", ["kind", "branch", "number"], () => new ChangedMeanwhile());
        services.AddOnlyOne("policy_version", ["kind", "jurisdiction", "number"], () => new ChangedMeanwhile());
        return services;
    }

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/policies").RequireAuthorization(PoliciesRights.Read).WithTags("Policies");
        policies.MapGet("/", async (string jurisdiction, Packs packs, ReadPolicies read, TimeProvider clock, HttpContext http, CancellationToken cancel) =>
            (packs.Knows(jurisdiction) ? await read.All(new(jurisdiction, null), Today(clock), cancel) : null).AnswerFound(http, "jurisdiction")).WithName("ListPolicies");
        policies.MapGet("/{kind}", async (string kind, string jurisdiction, ReadPolicies read, TimeProvider clock, HttpContext http, CancellationToken cancel) =>
            (await read.One(kind, new(jurisdiction, null), Today(clock), cancel)).AnswerFound(http, "policy")).WithName("ReadPolicy");
        policies.MapPost("/{kind}/versions", async (string kind, SetPolicyRequest request, SetPolicy slice, HttpContext http, CancellationToken cancel) =>
            (await slice.Handle(kind, request, cancel)).AnswerCreatedOrWait(http, _ => $"/api/v1/policies/{kind}?jurisdiction={request.Jurisdiction}", set => set.Approval))
            .RequireAuthorization(PoliciesRights.Set).WithName("SetPolicy");
        return routes;
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.UtcNow());

    /// <summary>Reads the packs before the first request, so that a broken one stops the start.</summary>
    private sealed class CheckPacks(Packs packs) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => packs.Jurisdictions.Count > 0
            ? Task.CompletedTask
            : throw new InvalidOperationException("The program has no jurisdiction pack.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
