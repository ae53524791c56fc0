using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>
/// A copy of the bench's bank with very many people and lockers in it, taken over by the modules' own contracts as an import takes them, with a
/// server and somebody who looks for them.
/// </summary>
internal sealed class SearchBank : IAsyncDisposable
{
    private const int LockersOfABranch = 500, AtOnce = 5_000;

    private static readonly AuditKind Filled = new("bench.filled", "Filled for the bench");

    private readonly ServerProcess server;
    private readonly BenchClient client;
    private readonly IReadOnlyList<string> questions;
    private int asked;

    private SearchBank(ServerProcess server, BenchClient client, IReadOnlyList<string> questions) => (this.server, this.client, this.questions) = (server, client, questions);

    public static async Task<SearchBank> Make(BenchBank bank, string cluster, string server, string name, int people, CancellationToken cancel)
    {
        NpgsqlConnection.ClearAllPools();
        await BenchBank.Execute(cluster, $"CREATE DATABASE {name} TEMPLATE {new NpgsqlConnectionStringBuilder(bank.Connection).Database}", cancel);
        var connection = new NpgsqlConnectionStringBuilder(bank.Connection) { Database = name }.ToString();
        string[] settings = ["--data", bank.Data, "--ConnectionStrings:Strongroom", connection, "--environment", "Staging", "--Strongroom:Proxies", "127.0.0.1", "--Logging:LogLevel:Default", "Warning"];
        List<string> questions;
        string cookie;
        await using (var app = StrongroomApp.Build(settings))
        {
            questions = await Fill(app, people, cancel);
            // Begun only now: an idle session would not outlive the filling.
            cookie = await BenchBank.Session(new LabBank(app, TimeProvider.System, _ => { }), bank.Auditor);
        }
        // As a database is after its first night.
        await BenchBank.Execute(connection, "VACUUM ANALYZE", cancel);
        var running = await ServerProcess.Start(server, [.. settings, "--Logging:LogLevel:Microsoft.Hosting.Lifetime", "Information"]);
        var client = await BenchClient.Begin(running.Address, bank.Seats[0] with { Cookie = cookie });
        foreach (var question in questions.Take(200)) await client.Find(question);
        return new(running, client, questions);
    }

    public Task<double> SlowestOfAHundred(TimeSpan time) => Slow.P99(time, () => client.Find(questions[asked++ % questions.Count]));

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        server.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<List<string>> Fill(WebApplication app, int people, CancellationToken cancel)
    {
        var random = new Random(6);
        var names = new MadeUpNames(random);
        List<string> questions = [];
        (BranchId Branch, VaultId Vault, CabinetId Cabinet) place = default;
        for (var at = 0; at < people;)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var services = scope.ServiceProvider;
            var db = services.GetRequiredService<StrongroomDb>();
            var act = new Act(Actor.System, TimeProvider.System.UtcNow(), services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());
            var type = (await db.LockerTypes().ToListAsync(cancel))[0];
            var bulk = new Bulk();
            for (var until = Math.Min(at + AtOnce, people); at < until; at++)
            {
                if (at % LockersOfABranch == 0) place = Open(bulk, act, at / LockersOfABranch);
                var number = at % LockersOfABranch + 1;
                var name = names.Next();
                var (cif, key, mobile) = (Words($"C{at:D8}"), Words($"K{at}"), Words($"+9198{at:D8}"));
                var person = bulk.TakePerson(act, new(name, name, cif, null, new DateOnly(2030, 1, 1)));
                bulk.TakeChannel(act, person, ChannelKind.Mobile, mobile, "IN");
                var locker = bulk.TakeLocker(act, new(place.Branch, place.Cabinet, type.Id, Words($"{number}"), number % 50 == 0 ? Words($"OLD-{number}") : null,
                    LockerCondition.InService, OccupantUnknown: false, Remark: null, (number - 1) / 25 + 1, (number - 1) % 25 + 1));
                bulk.TakeHirerKey(act, place.Branch, locker, key);
                bulk.TakeAgreement(act, new(Words($"A-{number}"), place.Branch, locker, Mandate.Single, person, [person.Id], new DateOnly(2020, 4, 1), null, null, null, null, null, null, null));
                // A thousand questions, of people and lockers from everywhere in the bank.
                if (at % Math.Max(people / 1_000, 1) == 0) questions.Add(Question(questions.Count, name, Words($"B{at / LockersOfABranch:D5} {number}"), key, cif, mobile));
            }
            db.Append(act, new Event(Filled).With("people", at));
            await db.SaveWith(bulk, cancel);
        }
        return questions;
    }

    private static (BranchId, VaultId, CabinetId) Open(Bulk bulk, Act act, int at)
    {
        var branch = bulk.TakeBranch(act, Words($"B{at:D5}"), Words($"Branch {at}"), "Asia/Kolkata", "IN");
        var vault = bulk.TakeVault(act, branch, "Vault");
        return (branch, vault, bulk.TakeCabinet(act, vault, "A"));
    }

    private static string Question(int at, string name, string locker, string key, string cif, string mobile) => (at % 9) switch
    {
        0 => name,
        1 => name.Split(' ')[^1][..3],
        2 => name.Replace("v", "w", StringComparison.Ordinal).Replace("i", "ee", StringComparison.Ordinal),
        3 => locker,
        4 => locker.Split(' ')[^1],
        5 => key,
        6 => cif,
        7 => mobile,
        _ => $"{name} nobody",
    };

    private static string Words(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Names of syllables, some of them very common and most rare, as names are.</summary>
internal sealed class MadeUpNames(Random random)
{
    private static readonly string[] Syllables = ["ra", "vi", "ku", "ma", "ni", "sha", "de", "la", "sri", "pa", "na", "go", "ta", "ru", "ve", "ka", "di", "mo", "su", "bha", "ji", "ya"];
    private static readonly string[] Ends = ["n", "r", "t", "sh", "l", "k", "m", ""];

    private readonly string[] given = Made(random, 3_000), family = Made(random, 12_000);

    public string Next() => random.Next(4) == 0 ? $"{One(given)} {One(given)} {One(family)}" : $"{One(given)} {One(family)}";

    // The cube of an even draw: one in eight bears a name of the first five hundredths.
    private string One(string[] words) => words[(int)(Math.Pow(random.NextDouble(), 3) * words.Length)];

    private static string[] Made(Random random, int count)
    {
        HashSet<string> made = [];
        while (made.Count < count)
        {
            var word = string.Concat(Enumerable.Range(0, 2 + random.Next(3)).Select(_ => Syllables[random.Next(Syllables.Length)])) + Ends[random.Next(Ends.Length)];
            made.Add(char.ToUpperInvariant(word[0]) + word[1..]);
        }
        return [.. made];
    }
}
