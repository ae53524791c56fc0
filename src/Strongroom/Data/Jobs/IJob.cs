namespace Strongroom.Data.Jobs;

/// <summary>
/// Work that the clock starts. It does not know who called it, so tests and the Lab call it with a time of theirs. A second run must do no
/// harm: it looks for what is due, and so also finds what an earlier run, cut short, left undone.
/// </summary>
internal interface IJob
{
    Task Run(DateTime now, CancellationToken cancel);
}

/// <param name="Name">The type's name; stable, it is the key of the runs.</param>
/// <param name="Cron">Quartz's seven fields, in UTC: "0 0/5 * * * ?" is every five minutes.</param>
internal sealed record JobPlan(string Name, string Cron, Type Job);

internal static class JobRegistration
{
    public static IServiceCollection AddJob<TJob>(this IServiceCollection services, string cron) where TJob : class, IJob =>
        services.AddScoped<TJob>().AddSingleton(new JobPlan(typeof(TJob).Name, cron, typeof(TJob)));
}
