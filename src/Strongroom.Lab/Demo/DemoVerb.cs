using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>How much of a story is told.</summary>
/// <param name="Before">The day before whose opening it ends, so that the visitor opens the day.</param>
/// <param name="Share">Of the hires that the plans have; less than all for a test.</param>
internal sealed record Telling(int Seed, DateOnly Before, int Days, double Share = 1);

/// <summary>`demo`: fills an empty data directory with a bank of three branches that has been at work for sixty days, and says how to sign in.</summary>
internal static class DemoVerb
{
    private const int Days = 60;

    public static async Task<int> Fill(string data, int seed, CancellationToken cancel)
    {
        if (File.Exists(Path.Combine(data, Installation.ReadyFile)))
        {
            AnsiConsole.MarkupLineInterpolated($"[red]{data} holds a demo bank already.[/] Name an empty directory.");
            return 1;
        }
        var today = TimeProvider.System.UtcNow().DateIn(BranchPlans.Zone);
        await AnsiConsole.Progress().StartAsync(async progress =>
        {
            var bar = progress.AddTask("Letting lockers, serving visits", maxValue: Days + 1);
            await Make(data, new(seed, today, Days), date => bar.Value = date.DayNumber - today.DayNumber + Days, cancel);
            bar.Value = bar.MaxValue;
        });
        return 0;
    }

    /// <param name="passed">Told the date at each act.</param>
    public static async Task Make(string data, Telling telling, Action<DateOnly> passed, CancellationToken cancel)
    {
        var settings = Settings.Of(new ConfigurationBuilder().AddInMemoryCollection([new("data", data)]).Build());
        Directory.CreateDirectory(data);
        if (!KeyRing.Exists(settings.KeysFolder)) KeyRing.Create(settings.KeysFolder);
        var start = telling.Before.AddDays(-telling.Days).ToUtc(new(8, 0), BranchPlans.Zone);
        var clock = new VirtualClock(new DateTimeOffset(start));
        await Schema.Migrate(settings, start, cancel);

        await using var lab = LabBank.Open(["--data", data], clock, telling.Seed, keep: false);
        await lab.As(null, async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            Installation.MarkAsDemo(db, start);
            return await db.SaveChangesAsync(cancel);
        });
        var story = await Story.Begin(lab, clock, telling, Path.Combine(data, "old-register"));
        await story.Play(passed, cancel);
        await story.AskForAPolicy();
        // README's tour can be taken at any hour; the other branches keep their own.
        await story.Branches[0].OpenRoundTheClock();

        await File.WriteAllTextAsync(Path.Combine(data, "sign-ins.txt"), SignIns.Words(story), cancel);
        await File.WriteAllTextAsync(Path.Combine(data, SignIns.File), JsonSerializer.Serialize(story.Players.SelectMany(group => group.Players)), cancel);
        await BranchesToday.Write(data, story.Branches, cancel);
        await File.WriteAllTextAsync(Path.Combine(data, Installation.ReadyFile), "", cancel);
    }
}
