using System.Text.Json;
using Spectre.Console;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>`demo`: fills an empty data directory with a small bank that has been at work for two weeks, and says how to sign in.</summary>
internal static class DemoVerb
{
    private const int Days = 8, Hirers = 14;

    public static async Task<int> Fill(string data, int seed, CancellationToken cancel)
    {
        var settings = Settings.Of(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Add(new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = [new("data", data)],
        }).Build());
        if (File.Exists(Path.Combine(data, Installation.ReadyFile)))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{data} holds a demo bank already.[/] Name an empty directory.");
            return 1;
        }
        Directory.CreateDirectory(data);
        if (!KeyRing.Exists(settings.KeysFolder)) KeyRing.Create(settings.KeysFolder);

        // Virtual time begins some weeks ago and ends before today's opening, so that the visitor opens the day.
        var today = TimeProvider.System.UtcNow().DateIn(Story.Zone);
        var start = Story.WorkingDaysBefore(today, Days).ToUtc(new(8, 0), Story.Zone);
        var clock = new VirtualClock(new DateTimeOffset(start));
        await Schema.Migrate(settings, start, cancel);

        await using var lab = LabBank.Open(["--data", data], clock, seed);
        await lab.As(null, async services =>
        {
            var db = (StrongroomDb)services.GetService(typeof(StrongroomDb))!;
            Installation.MarkAsDemo(db, start);
            return await db.SaveChangesAsync(cancel);
        });
        var story = await Story.Begin(lab, clock, new Random(seed), Hirers);
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var task = progress.AddTask("Serving visits", maxValue: Days);
            for (var date = DateOnly.FromDateTime(start); date < today; date = date.AddDays(1))
            {
                if (!await story.Serve(date)) continue;
                task.Increment(1);
            }
        });

        await story.Bank.OpenRoundTheClock();

        await File.WriteAllTextAsync(Path.Combine(data, "sign-ins.txt"), SignIns.Words(story), cancel);
        await File.WriteAllTextAsync(Path.Combine(data, SignIns.File), JsonSerializer.Serialize(story.Players), cancel);
        await File.WriteAllTextAsync(Path.Combine(data, Installation.ReadyFile), "", cancel);
        return 0;
    }
}
