using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>What one client of the bench works with: a session of its own and a visit of its own.</summary>
internal sealed record Seat(string Cookie, VisitStep Visit);

/// <summary>
/// A bank on PostgreSQL with a waiting visit for each client, and a copy of its database for pgbench, in which the visits' ids follow
/// from the client's number, because a script of pgbench knows nothing else of who runs it.
/// </summary>
internal sealed record BenchBank(string Data, string Connection, PersonId Officer, LockerId Locker, IReadOnlyList<Seat> Seats, PersonId Auditor, IReadOnlyDictionary<string, string> Script)
{
    private const string Ours = "bench", Theirs = "bench_sql";

    /// <param name="server">A connection string to the cluster, as superuser.</param>
    public static async Task<BenchBank> Make(string server, string data, int clients, CancellationToken cancel)
    {
        await Execute(server, $"CREATE DATABASE {Ours}", cancel);
        var connection = new NpgsqlConnectionStringBuilder(server) { Database = Ours }.ToString();
        var settings = new Settings(data, Path.Combine(data, "keys"), connection, null, null);
        KeyRing.Create(settings.KeysFolder);
        LogKeys.Create(settings.KeysFolder, "bench.example/log");
        var now = TimeProvider.System.GetUtcNow();
        await Schema.Migrate(settings, now.UtcDateTime, cancel);
        var made = await Fill(data, connection, now, clients);
        NpgsqlConnection.ClearAllPools();

        await Execute(server, $"CREATE DATABASE {Theirs} TEMPLATE {Ours}", cancel);
        var copy = new NpgsqlConnectionStringBuilder(server) { Database = Theirs }.ToString();
        for (var client = 0; client < clients; client++)
            await Execute(copy, string.Create(CultureInfo.InvariantCulture,
                $"UPDATE visit SET id = ('00000000-0000-7000-8000-' || lpad('{client}', 12, '0'))::uuid WHERE id = '{made.Seats[client].Visit.Id}'"), cancel);
        NpgsqlConnection.ClearAllPools();
        return made;
    }

    public string ConnectionForScripts => new NpgsqlConnectionStringBuilder(Connection) { Database = Theirs }.ToString();

    private static async Task<BenchBank> Fill(string data, string connection, DateTimeOffset now, int clients)
    {
        var clock = new VirtualClock(now.AddMinutes(-5));
        await using var lab = LabBank.Open(["--data", data, "--ConnectionStrings:Strongroom", connection], clock, seed: 3);
        var bank = await SmallBank.SetUp(lab);
        await bank.OpenRoundTheClock();
        await bank.OpenDay();
        List<Seat> seats = [];
        for (var client = 0; client < clients; client++)
        {
            var hire = await bank.LetTo($"Asha Rao {client}", client);
            seats.Add(new(await Session(lab, bank.CounterOfficer.Person), await bank.CheckIn(hire)));
        }
        var user = await lab.Read(db => db.Set<User>().Where(row => row.Person == bank.CounterOfficer.Person).Select(row => row.Id).SingleAsync());
        var visit = await lab.Read(db => db.VisitFacts().FirstAsync(row => row.Id == seats[0].Visit.Id));
        return new(data, connection, bank.CounterOfficer.Person, bank.Lockers[0], seats, bank.Auditor.Person, new Dictionary<string, string>
        {
            ["session"] = $"{Ticket.Parse(seats[0].Cookie)!.Value.Id}",
            ["user"] = $"{user}",
            ["person"] = $"{bank.CounterOfficer.Person}",
            ["branch"] = $"{bank.Branch}",
            ["locker"] = $"{visit.Locker}",
            ["agreement"] = $"{visit.Agreement}",
            ["operator"] = $"{visit.Operator}",
        });
    }

    /// <summary>As after signing in; the bench measures what comes then.</summary>
    internal static Task<string> Session(LabBank lab, PersonId person) => lab.As(null, async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var user = await db.Set<User>().SingleAsync(row => row.Person == person);
        var begun = await services.GetRequiredService<Write>().Do<SessionBegun>("lab.session", person,
            async act => await BeginSession.Of(db, act, user, Means.PasswordAndCode, enrolling: false, http: null, default), default);
        return begun.Value!.Cookie;
    });

    internal static async Task Execute(string connection, string sql, CancellationToken cancel)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, open) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
