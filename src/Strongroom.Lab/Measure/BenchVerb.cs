using System.Globalization;
using Spectre.Console;

namespace Strongroom.Lab.Measure;

/// <summary>`bench`: measures what docs/benchmarks.md shows, and writes it. Told by eng/bench where PostgreSQL and the server are.</summary>
internal static class BenchVerb
{
    private const int Clients = 8, SelectScale = 10;

    /// <param name="Cluster">A connection string to a throw-away cluster, as superuser.</param>
    /// <param name="Server">Strongroom.dll in Release.</param>
    /// <param name="Run">The script ./run; null leaves R14 out.</param>
    /// <param name="Only">The measures to take; empty for all.</param>
    internal sealed record Plan(string Cluster, string Server, string? Run, string Work, string Report, int Rounds, int Seconds, int People, int Visits, int Events, IReadOnlyList<string> Only, string Commit);

    public static async Task<int> Measure(Plan plan, CancellationToken cancel)
    {
        bool Wanted(string id) => plan.Only.Count == 0 || plan.Only.Contains(id);
        List<Measured> table = [.. await LogBench.Measure(plan.Work, plan.Events, plan.Rounds, plan.Seconds, Wanted, cancel)];
        // The log's measures need no bank.
        if (plan.Only.Count > 0 && plan.Only.All(id => id is "R9a" or "R10")) return 0;
        var bank = await BenchBank.Make(plan.Cluster, Directory.CreateDirectory(Path.Combine(plan.Work, "bank")).FullName, Clients, cancel);
        using (var server = await ServerProcess.Start(plan.Server, "--data", bank.Data, "--ConnectionStrings:Strongroom", bank.Connection,
            "--environment", "Staging", "--Strongroom:Proxies", "127.0.0.1", "--Logging:LogLevel:Default", "Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"))
        {
            var clients = await Task.WhenAll(bank.Seats.Select(seat => BenchClient.Begin(server.Address, seat)));
            if (Wanted("R1")) table.Add(await VisitStep(plan, bank, clients, cancel));
            if (Wanted("R3")) table.Add(await LockerPage(plan, bank, clients, cancel));
            if (Wanted("R9c")) table.Add(await CommitToCheckpoint(plan, bank, server.Address, clients, cancel));
            foreach (var client in clients) client.Dispose();
        }
        if (Wanted("R5")) table.Add(await TakeRegister(plan, bank, cancel));
        if (Wanted("R6")) table.Add(await FindAmong(plan, bank, cancel));
        // After the visits' steps, whose versions it moves.
        if (Wanted("R2"))
        {
            await using var cost = new AuditCost(bank);
            table.Add(await AuditedWrite(plan, cost, cancel));
        }
        if (Wanted("F1") || Wanted("F2")) table.AddRange(await RowSecurity(plan, bank, cancel));
        if (Wanted("R9b")) table.Add(await SequencedEvents(plan, bank, cancel));
        if (Wanted("R14") && plan.Run is { } run) table.Add(await FirstPage.Measure(run, Path.Combine(plan.Work, "demo"), plan.Rounds, cancel));
        // A part of the table is for who looks into it, and replaces no report.
        if (plan.Only.Count == 0) await Report.Write(plan.Report, plan.Commit, plan.Rounds, [.. table.OrderBy(row => row.Id.Length).ThenBy(row => row.Id, StringComparer.Ordinal)], cancel);
        return 0;
    }

    private static async Task<Measured> TakeRegister(Plan plan, BenchBank bank, CancellationToken cancel)
    {
        const int VisitsOfALocker = 50;
        var register = await LargeRegister.Write(Path.Combine(plan.Work, "register"), plan.Visits / VisitsOfALocker, plan.Visits, cancel);
        var rate = new ImportRate(bank, plan.Cluster, plan.Server, register);
        var (us, them) = await Measured.InTurn(plan.Rounds, () => rate.Import(cancel), () => rate.Copy(cancel), cancel);
        return Said(new("R5", string.Create(CultureInfo.InvariantCulture, $"import of {plan.Visits:#,0} visits of {plan.Visits / VisitsOfALocker:#,0} lockers"), "COPY of the visits it stored", "rows/s", us, them, 0.15, 0.35,
            string.Create(CultureInfo.InvariantCulture, $"The files are read once and a thousand rows are kept at a time; of lockers and hirers what is needed to match a visit stays, some two kilobytes each. The process had {rate.Peak >> 20:#,0} MiB at its most.")));
    }

    /// <summary>The same questions to two banks of one cluster, whose servers run side by side.</summary>
    private static async Task<Measured> FindAmong(Plan plan, BenchBank bank, CancellationToken cancel)
    {
        const int Hundredth = 100;
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"R6: filling banks of {plan.People:N0} and {plan.People / Hundredth:N0} people and lockers");
        await using var large = await SearchBank.Make(bank, plan.Cluster, plan.Server, "bench_large", plan.People, cancel);
        await using var small = await SearchBank.Make(bank, plan.Cluster, plan.Server, "bench_small", plan.People / Hundredth, cancel);
        var time = TimeSpan.FromSeconds(plan.Seconds);
        var (us, them) = await Measured.InTurn(plan.Rounds, () => large.SlowestOfAHundred(time), () => small.SlowestOfAHundred(time), cancel);
        return Said(new("R6", string.Create(CultureInfo.InvariantCulture, $"find a person or a locker among {plan.People:#,0}, p99"),
            string.Create(CultureInfo.InvariantCulture, $"the same among {plan.People / Hundredth:#,0}"), "ms", us, them, 3, 1.5,
            "Each kind is one range of one index, read no further than is shown; a tree of ten times the rows is at most one level deeper. Two words of a name are one key, so that common names cost no more than rare ones."));
    }

    private static async Task<Measured> VisitStep(Plan plan, BenchBank bank, BenchClient[] clients, CancellationToken cancel)
    {
        var time = TimeSpan.FromSeconds(plan.Seconds);
        var scripts = Path.Combine(AppContext.BaseDirectory, "Measure", "Scripts");
        string[] given = [.. bank.Script.SelectMany(pair => new[] { "-D", $"{pair.Key}={pair.Value}" })];
        var run = 0;
        var (us, them) = await Measured.InTurn(plan.Rounds,
            () => Load.PerSecond(Clients, time, client => clients[client].Step()),
            () => PgBench.PerSecond(bank.ConnectionForScripts, Clients, time,
                ["-M", "prepared", "-f", Path.Combine(scripts, "visit-step.sql"), "-D", "n=0", "-D", string.Create(CultureInfo.InvariantCulture, $"run={++run}"), .. given]), cancel);
        return Said(new("R1", "one audited visit step over HTTP", "pgbench, the same SQL statements", "/s", us, them, 0.35, 0.60,
            "Every statement finds its rows by a primary key or a unique index; a tree of ten times the rows is at most one level deeper. "
            + "The log's indexes grow at their right edge, because event ids ascend; `audit_subject` begins with the subject and so is written all over: its working set is the recent visits' pages."));
    }

    private static async Task<Measured> LockerPage(Plan plan, BenchBank bank, BenchClient[] clients, CancellationToken cancel)
    {
        var time = TimeSpan.FromSeconds(plan.Seconds);
        await PgBench.Fill(bank.ConnectionForScripts, SelectScale);
        var path = $"/api/v1/lockers/{bank.Locker}";
        var (us, them) = await Measured.InTurn(plan.Rounds,
            () => Load.PerSecond(Clients, time, client => clients[client].Read(path)),
            () => PgBench.PerSecond(bank.ConnectionForScripts, Clients, time, "-S"), cancel);
        return Said(new("R3", "one locker's data by id over HTTP", "pgbench -S at scale 10", "/s", us, them, 0.30, 0.45,
            "The session, the user, the postings and the locker are each found by an index; ten times as many lockers or sessions add at most a level to a tree."));
    }

    private static async Task<Measured> AuditedWrite(Plan plan, AuditCost cost, CancellationToken cancel)
    {
        var time = TimeSpan.FromSeconds(plan.Seconds);
        var (us, them) = await Measured.InTurn(plan.Rounds,
            () => Load.PerSecond(Clients, time, client => cost.Write(client, audited: true)),
            () => Load.PerSecond(Clients, time, client => cost.Write(client, audited: false)), cancel);
        return Said(new("R2", "a visit's write with its audit event", "the same write without the event", "/s", us, them, 0.75, 0.90,
            "The event adds one row to `audit_event` and `audit_pending` and one to `audit_subject` for each subject. As R1: the cost is in the number of rows, not in how many lie there already."));
    }

    private static async Task<IReadOnlyList<Measured>> RowSecurity(Plan plan, BenchBank bank, CancellationToken cancel)
    {
        var (cost, time) = (await FenceCost.Make(bank, cancel), TimeSpan.FromSeconds(plan.Seconds));
        const string Growth = "The policy asks two unique indexes for each row that a query finds by its own; how many rows lie there does not matter.";
        async Task<Measured> Row(string id, string ours, string against, Func<bool, Task> read, double reach, double goal)
        {
            var (us, them) = await Measured.InTurn(plan.Rounds, () => Load.PerSecond(Clients, time, _ => read(true)), () => Load.PerSecond(Clients, time, _ => read(false)), cancel);
            return Said(new(id, ours, against, "/s", us, them, reach, goal, Growth));
        }
        return
        [
            await Row("F1", "an officer's read of a hire, with row-level security", "the same by the tables' owner, without", cost.Officer, 0.80, 0.95),
            await Row("F2", "a holder's read of a hire behind the fence", "the same by the tables' owner, without", cost.Holder, 0.50, 0.70),
        ];
    }

    private static async Task<Measured> CommitToCheckpoint(Plan plan, BenchBank bank, Uri server, BenchClient[] clients, CancellationToken cancel)
    {
        const double Limit = 2;
        var bench = new SequencerBench(bank);
        var (us, them) = await Measured.InTurn(plan.Rounds, () => bench.ToCheckpoint(server, clients, TimeSpan.FromSeconds(plan.Seconds), cancel), () => Task.FromResult(Limit), cancel);
        return Said(new("R9c", "from an act to its checkpoint at full load, p99", "the limit", "s", us, them, 1, 0.5,
            "The sequencer looks every second; what it then does hangs on what happened in that second, not on the size of the log."));
    }

    private static async Task<Measured> SequencedEvents(Plan plan, BenchBank bank, CancellationToken cancel)
    {
        const double Limit = 20_000;
        var bench = new SequencerBench(bank);
        var (us, them) = await Measured.InTurn(plan.Rounds, () => bench.Leaves(cancel), () => Task.FromResult(Limit), cancel);
        return Said(new("R9b", "the bank's sequencer: events that wait in PostgreSQL into leaves, tiles and checkpoints there", "the limit", "leaves/s", us, them, 1, 1,
            "A batch of 2,048 reads its events by key, writes its leaves, eight bundles and tiles and the edge: ten times the log is a level of nine rows more at most."));
    }

    internal static Measured Said(Measured row)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{row.Id}: {Measured.Median(row.Us):0.##} against {Measured.Median(row.Them):0.##} {row.Unit}: {row.Ratio:0.00}");
        return row;
    }
}
