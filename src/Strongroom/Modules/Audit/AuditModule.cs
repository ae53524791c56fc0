using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Publishing;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Audit;

internal static class AuditRights
{
    /// <summary>Read the timelines of lockers, persons and agreements.</summary>
    public const string Timeline = "audit.timeline";

    /// <summary>Search the log and read any event, in the branches of the reader.</summary>
    public const string Read = "audit.read";

    /// <summary>Let a colleague take more names in a file than one may take alone.</summary>
    public const string LetFilesOut = "audit.let-files-out";
}

internal static class AuditModule
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddSingleton<AuditKindBook>();
        services.AddSingleton<Bell<Subject>>().AddSingleton<RingSubjects>().AddSingleton<IInterceptor>(root => root.GetRequiredService<RingSubjects>()).AddHostedService<HearOtherNodes>();

        services.AddOutgoing(Witnesses.HttpClient, TimeSpan.FromSeconds(10));
        services.AddSingleton(root => Witnesses.Of(root.GetRequiredService<IConfiguration>(), root.GetRequiredService<IHttpClientFactory>()));
        services.AddSingleton<HighestCheckpoint>().AddSingleton<OpenTree>().AddSingleton<CheckpointBell>().AddSingleton<Cosigning>().AddSingleton<Sequencer>().AddHostedService<SequencerWorker>();
        services.AddHealthChecks().AddCheck<FreshnessCheck>("log", HealthStatus.Unhealthy, ["doctor"]);

        services.AddRateLimiter(ServeLog.Limits);
        services.AddScoped<DatabaseLog>().AddScoped<ExportLog>().AddScoped<LogProofs>();
        return services.AddOnlyOne("audit_leaf", ["event"], () => new ChangedMeanwhile());
    }

    public static void MapLog(this WebApplication app) => ServeLog.Map(app);
}
