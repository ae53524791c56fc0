using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Audit;

/// <summary>
/// What another process wrote is found by a look at the newest events, once a second for the whole process and only while somebody listens. It
/// remembers the ids it saw and asks for more than the very newest: a slow transaction commits an older id after a younger one.
/// </summary>
internal sealed partial class HearOtherNodes(Bell<Subject> bell, RingSubjects here, IServiceScopeFactory scopes, ILogger<HearOtherNodes> logger) : BackgroundService
{
    private const int Newest = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Real seconds, whatever the clock of the business says: people look at these pages.
        using var timer = new PeriodicTimer(Pause);
        HashSet<EventId>? seen = null;
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) seen = bell.IsHeard ? await TryLook(seen, stoppingToken) : null;
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<HashSet<EventId>?> TryLook(HashSet<EventId>? seen, CancellationToken cancel)
    {
        try
        {
            return await Look(seen, cancel);
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            Log.NotHeard(logger, broken);
            return null;
        }
    }

    private async Task<HashSet<EventId>> Look(HashSet<EventId>? seen, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var told = here.TakeTold();
        var newest = await db.Set<AuditEvent>().AsNoTracking().OrderByDescending(row => row.Id).Select(row => row.Id).Take(Newest).ToListAsync(cancel);
        var fresh = newest.Where(id => seen?.Contains(id) == false).Except(told).ToList();
        // The first look after a silence, and a burst that is wider than the look, leave open what was missed.
        if (seen is null || fresh.Count == Newest)
        {
            bell.RingAll();
        }
        else if (fresh.Count > 0)
        {
            var subjects = await db.Set<AuditSubject>().AsNoTracking().Where(row => fresh.Contains(row.Event)).Select(row => new { row.Kind, row.Id }).ToListAsync(cancel);
            bell.Ring(subjects.SelectMany(row => new Subject(row.Kind, row.Id).WithItsKind));
        }
        return [.. newest];
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Live pages could not look for what other nodes wrote")]
        public static partial void NotHeard(ILogger logger, Exception broken);
    }
}
