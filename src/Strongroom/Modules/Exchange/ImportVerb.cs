using System.CommandLine;
using Spectre.Console;
using Strongroom.Data;
using Strongroom.Verbs;

namespace Strongroom.Modules.Exchange;

/// <summary>
/// `import FOLDER [--dry-run] [--report FILE]`: takes an old register over. 0 when all files were read, whatever their rows were like; 1 when a file or the
/// whole could not be.
/// </summary>
internal static class ImportVerb
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The folder with lockers.csv, hirers.csv, visits.csv and, if the bank has types of its own, types.csv." };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Read and report; write nothing." };
    private static readonly Option<string?> Report = new("--report") { Description = "Write the report as JSON into this file." };

    public static Command Command()
    {
        var command = new Command("import", "Take over an old register: lockers, hirers and visits from a folder of separated values.") { TreatUnmatchedTokensAsErrors = false };
        command.Add(Folder);
        command.Add(DryRun);
        command.Add(Report);
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        if (await Opening.Prepare(app, cancel) is { Count: > 0 } problems)
        {
            foreach (var problem in problems) await parsed.Error().WriteLineAsync(problem);
            return 1;
        }
        await using var scope = app.Services.CreateAsyncScope();
        var importer = scope.ServiceProvider.GetRequiredService<Importer>();
        var (folder, dry) = (Path.GetFullPath(parsed.GetRequiredValue(Folder)), parsed.GetValue(DryRun));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(parsed.Output()) });
        var outcome = await console.Progress().AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(bars => importer.Run(folder, ImportSource.CommandLine, Actor.System, dry, new Bars(bars), cancel));
        if (outcome.Refused(out var refusal, out var result))
        {
            await parsed.Error().WriteLineAsync($"{refusal.Title} {refusal.Next} ({folder})");
            return 1;
        }
        foreach (var file in result.Files)
            await parsed.Output().WriteLineAsync(FormattableString.Invariant($"{file.File}: {file.Rows} rows, {file.Imported} {(dry ? "to import" : "imported")}, {file.Unchanged} unchanged, {file.Rejected} rejected"));
        if (parsed.GetValue(Report) is { } report)
        {
            await using var output = File.Create(report);
            await ImportReport.Write(scope.ServiceProvider.GetRequiredService<StrongroomDb>(), result, output, cancel);
        }
        if (dry) await parsed.Output().WriteLineAsync("A dry run: nothing was written.");
        if (result.Unreadable == 0) return 0;
        await parsed.Error().WriteLineAsync($"{result.Unreadable} of the files could not be read: needed columns are missing. The report names them.");
        return 1;
    }

    /// <summary>One bar a file. Reported from the importer's own steps, so that the bar never runs ahead of the saves.</summary>
    private sealed class Bars(ProgressContext context) : IProgress<ImportProgress>
    {
        private readonly Dictionary<string, ProgressTask> tasks = [];

        public void Report(ImportProgress value)
        {
            if (!tasks.TryGetValue(value.File, out var task)) tasks.Add(value.File, task = context.AddTask(Markup.Escape(value.File), maxValue: Math.Max(1, value.Length)));
            task.Value = value.BytesDone;
        }
    }
}
