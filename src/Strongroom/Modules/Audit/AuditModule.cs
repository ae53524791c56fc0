using Microsoft.EntityFrameworkCore.Diagnostics;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Audit;

internal static class AuditRights
{
    /// <summary>Read the timelines of lockers, persons and agreements.</summary>
    public const string Timeline = "audit.timeline";
}

internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditKindBook>()
        .AddSingleton<Bell<Subject>>().AddSingleton<RingSubjects>().AddSingleton<IInterceptor>(root => root.GetRequiredService<RingSubjects>())
        .AddHostedService<HearOtherNodes>();
}
