using System.Globalization;
using System.Runtime.InteropServices;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>docs/benchmarks.md, written whole each time.</summary>
internal static class Report
{
    public static Task Write(string file, string commit, int rounds, IReadOnlyList<Measured> table, CancellationToken cancel)
    {
        var date = TimeProvider.System.UtcNow().ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);
        string[] lines =
        [
            "# Benchmarks",
            "",
            $"Written by `eng/bench` on {date} at commit `{commit}`. {Machine()}",
            "",
            $"Machines differ and are noisy, so each figure is a ratio taken in one run: ours and its opponent in turn, A B A B, {rounds} rounds after one that does not",
            "count. The columns show the medians of the raw figures, the median of the rounds' ratios and their spread. Load, server and database share the machine;",
            "eight clients each send one request after the other; PostgreSQL flushes every commit.",
            "",
            "| | ours | against | ours, median | against, median | ratio | spread | to reach | goal |",
            "|---|---|---|---:|---:|---:|---|---:|---:|",
            .. table.Select(row => row.Row()),
            "",
            "For R6, R9c, R10 and R14 the ratio is of times, for R14 over the limit of ten seconds: smaller is better. For the others larger is better.",
            "",
            "## How each is taken",
            "",
            "- **R1** An officer identifies a visitor and takes that back, again and again, each client on a visit of its own. One request reads session, user and roles,",
            "  finds no earlier answer, reads the visit, decides, and commits visit, event, subjects, pending mark and idempotency key; taking back reads the policy besides. pgbench sends the same statements",
            "  (`src/Strongroom.Lab/Measure/Scripts/visit-step.sql`), prepared and in the same pipeline, to a copy of the database in the same cluster.",
            "- **R2** In one process, without HTTP: read the visit, change it, note the key, save; with the event and without it.",
            "- **R3** `GET /api/v1/lockers/{id}` by a signed-in officer: session, user, roles, locker. pgbench reads one row by its key and nothing else.",
            "- **R5** The verb `import` as a process of its own into a copy of the bank that knows nothing of the register, from its start to its end: read, matched, checked,",
            "  sealed, saved in batches with an audit event each. COPY takes the visits as they were stored, in binary form, into a table with the same keys, indexes and foreign keys.",
            "- **R6** `POST /api/v1/find` by an auditor of the whole bank, one question after the other, of two databases in the same cluster, each with a server of its own:",
            "  in turn a whole name, the beginning of one, a name that only sounds like it, a locker's number with its branch, a number that every branch has, a key's number, a customer's",
            "  number, a mobile number, and a name that nobody has. As many lockers, hires, keys and mobile numbers as people; 500 lockers a branch. Every question asks for every kind.",
            "- **R9a** In one process, without a database: 256 events are appended, their tiles flushed to disk, a checkpoint is signed and flushed, and so on.",
            "- **R9b** 40,000 events wait in PostgreSQL, as an outage leaves them; the sequencer of the server takes them in batches, each one transaction with leaves, tiles, edge and checkpoint.",
            "- **F1, F2** In one process, without HTTP: a hire, its parties, its holds and its last visits by the hire's id; by the server's role, for whom the policies hold, and by the tables' owner, for whom they do not. F2 puts the holder's fence up before and down after.",
            "- **R9c** Under the load of R1 somebody outside reads `/log/checkpoint` every 10 ms; each event waits from the instant of its act, before its commit, to the first checkpoint read that covers it.",
            "- **R10** The verb `verify` on a folder: signature, every tile, every entry's hash and form, times, files left over. Some 330 bytes an event. Both sides read the same files, which the",
            "  system's cache holds where memory allows.",
            "- **R14** From the start of `./run` to status 200 of `/sign-in`, server and data being there.",
            "",
            "## At ten times the data",
            "",
            .. table.Select(row => $"- **{row.Id}** {row.Growth}"),
        ];
        return File.WriteAllTextAsync(file, string.Join('\n', lines) + "\n", cancel);
    }

    private static string Machine()
    {
        const string cpus = "/proc/cpuinfo";
        var model = File.Exists(cpus)
            ? File.ReadLines(cpus).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return string.Create(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores of {model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {RuntimeInformation.OSDescription.Trim()}, {RuntimeInformation.FrameworkDescription}.{Load()}");
    }

    /// <summary>What else the machine did: a figure taken beside other work says less.</summary>
    private static string Load()
    {
        const string load = "/proc/loadavg";
        return File.Exists(load) ? $" Load average of the last minute when it ended: {File.ReadAllText(load).Split(' ')[0]} (the bench alone makes some three)." : "";
    }
}
