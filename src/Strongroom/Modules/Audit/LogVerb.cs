using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Publishing;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Verbs;

namespace Strongroom.Modules.Audit;

/// <summary>`log export`, `log rotate-key`, `log accept-restored`: what an administrator of the machine does with the log.</summary>
internal static class LogVerb
{
    private static readonly Argument<string?> Folder = new("folder") { Description = "Where to write the log, file by file as it is served.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> EventsFile = new("--events") { Description = "Write the database's own rows into this file, to be compared with the log." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why the database was set back. It stands in the log for ever: no names.", Required = true };

    public static Command Command() => new("log", "The audit log that others can check.")
    {
        Named("export", "Write the published log into a folder that the verifier checks; or the database's events into a file.", Export, Folder, EventsFile),
        Named("rotate-key", "Make the log's next key. Servers that start after this sign with the old and the new one.", Rotate),
        Named("accept-restored", "Let the log go on from a database that was restored to an older state. What came after is given up, and whoever kept a later checkpoint will see it.", Accept, Reason),
    };

    private static Command Named(string name, string description, Func<ParseResult, CancellationToken, Task<int>> run, params Symbol[] symbols)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else command.Add((Option)symbol);
        }
        command.SetAction(run);
        return command;
    }

    private static async Task<int> Export(ParseResult parsed, CancellationToken cancel)
    {
        var (folder, file) = (parsed.GetValue(Folder), parsed.GetValue(EventsFile));
        if (folder is null && file is null) return await Fail(parsed, "Name a folder for the log, or a file with --events.");
        await using var app = parsed.Parts();
        await using var scope = app.Services.CreateAsyncScope();
        var export = scope.ServiceProvider.GetRequiredService<ExportLog>();
        long? size = null;
        if (folder is not null) size = await export.Tiles(Path.GetFullPath(folder), cancel);
        if (file is not null)
        {
            await using var to = File.Create(file);
            size = await export.Events(to, cancel);
        }
        if (size is null) return await Fail(parsed, "Nothing was sealed yet: the server does it when it runs.");
        await parsed.Output().WriteLineAsync($"{size} entries, written to {string.Join(" and ", new[] { folder, file }.OfType<string>())}.");
        return 0;
    }

    private static async Task<int> Rotate(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        try
        {
            var key = LogKeys.Rotate(app.Services.GetRequiredService<Settings>().KeysFolder);
            await parsed.Output().WriteLineAsync($"""
                The log's new key, for your auditors, on paper:
                {key}
                Copy the keys folder to every node and start the servers anew: from then on old and new key sign, and /log/key lists both.
                When all auditors have the new one, take the old file away.
                """);
            return 0;
        }
        catch (Data.Sealing.KeyRingException closed)
        {
            return await Fail(parsed, closed.Message);
        }
    }

    private static async Task<int> Accept(ParseResult parsed, CancellationToken cancel)
    {
        await using var app = parsed.Parts();
        await using var scope = app.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var highest = scope.ServiceProvider.GetRequiredService<HighestCheckpoint>();
        var now = app.Services.GetRequiredService<TimeProvider>().UtcNow();
        var stored = await db.Set<AuditCheckpoint>().MaxAsync(row => (long?)row.Size, cancel) ?? 0;
        long? was;
        try
        {
            was = highest.Read()?.Size;
        }
        catch (LogStoppedException)
        {
            // Unreadable is what may be given up, too.
            was = -1;
        }
        var lead = await db.Set<AuditSequencer>().SingleOrDefaultAsync(cancel);
        // What another node remembers is not here; that it stopped the log is in the database.
        var stopped = lead?.Stopped is not null;
        if (was is null && !stopped) return await Fail(parsed, $"{highest.File} is not there: nothing is remembered that this database could contradict.");
        if (was >= 0 && was <= stored && !stopped) return await Fail(parsed, $"The database has {stored} entries, and {was} were published by this node: it was not set back.");

        db.Append(app.Services.GetRequiredService<SystemActs>().At(now),
            new Event(AuditKinds.RestoreAccepted).With("size", stored).With("was", was ?? -1).With("reason", parsed.GetRequiredValue(Reason)));
        if (lead is not null) (lead.Stopped, lead.StoppedBy, lead.Until) = (null, null, now);
        await db.SaveChangesAsync(cancel);
        if (was is not null) highest.SetAside(now);
        await parsed.Output().WriteLineAsync($"""
            The log goes on from {stored} entries{(was > stored ? $"; {was} had been published" : "")}. The log says so, and what was known is set aside beside {highest.File}.
            Tell your auditors and witnesses: a checkpoint of more than {stored} entries that they kept will contradict this log for ever.
            """);
        return 0;
    }

    private static async Task<int> Fail(ParseResult parsed, string words)
    {
        await parsed.Error().WriteLineAsync(words);
        return 1;
    }
}
