using Strongroom.Data;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Policies;

internal static class PoliciesModule
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddSingleton<Packs>(root => new(root.GetServices<PolicyKind>()));
        services.AddScoped(scope => new PolicyBook(scope.GetRequiredService<StrongroomDb>(), scope.GetRequiredService<Packs>()));
        services.AddScoped<SetPolicy>().AddScoped<ReadPolicies>();
        services.AddHostedService<CheckPacks>();
        services.AddOnlyOne("policy_version", ["kind", "branch", "number"], () => new ChangedMeanwhile());
        services.AddOnlyOne("policy_version", ["kind", "jurisdiction", "number"], () => new ChangedMeanwhile());
        return services;
    }

    public static IEndpointRouteBuilder MapPolicies(this IEndpointRouteBuilder routes)
    {
        var policies = routes.MapGroup("/policies").RequireAuthorization(PoliciesRights.Read).WithTags("Policies");
        ReadPolicies.Map(policies);
        SetPolicy.Map(policies);
        return routes;
    }

    /// <summary>Reads the packs before the first request, so that a broken one stops the start.</summary>
    private sealed class CheckPacks(Packs packs) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => packs.Jurisdictions.Count > 0
            ? Task.CompletedTask
            : throw new InvalidOperationException("The program has no jurisdiction pack.");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
