using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Web;

namespace Strongroom.Verbs;

/// <summary>What the house itself looks at.</summary>
internal static class DoctorChecks
{
    private const long Megabyte = 1L << 20;

    public static readonly IReadOnlyList<(string Name, Look Look)> All =
    [
        ("settings", (services, _) => Task.FromResult(Settings(services))),
        ("database", Database),
        ("schema", Schema),
        ("migration lock", MigrationLock),
        ("the log's grants", Grants),
        ("the holders' fence", HoldersFence),
        ("keys", Keys),
        ("seals", (services, _) => Task.FromResult(RoundTrip(services))),
        ("sign-in keys", (services, _) => Task.FromResult(SignInKeys(services))),
        ("clock", Clock),
        ("disk", (services, _) => Task.FromResult(Disk(services))),
    ];

    private static Finding Settings(IServiceProvider services)
    {
        var settings = services.GetRequiredService<Settings>();
        var problems = Production.Problems(services);
        if (problems.Count == 0) return Production.Warnings(settings) is [var warning, ..] ? Finding.Warning(warning) : Finding.Good("Fit for Production.");
        var words = string.Join(" ", problems);
        return services.GetRequiredService<IHostEnvironment>().IsProduction()
            ? Finding.Failure(words)
            : Finding.Warning($"This is {services.GetRequiredService<IHostEnvironment>().EnvironmentName}; Production would refuse: {words}");
    }

    private static async Task<Finding> Database(IServiceProvider services, CancellationToken cancel)
    {
        var settings = services.GetRequiredService<Settings>();
        var file = settings.IsPostgres ? null : new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        // Opening a SQLite file that is not there would make one.
        if (file is not null && !File.Exists(file)) return Finding.Failure($"{file} is not there. `migrate` or `serve` makes it.");
        return await Soundness.Unreachable(services.GetRequiredService<StrongroomDb>(), cancel) is { } why
            ? Finding.Failure(why)
            : Finding.Good(file is null ? "PostgreSQL answers." : $"SQLite, {file}.");
    }

    private static async Task<Finding> Schema(IServiceProvider services, CancellationToken cancel) =>
        await Data.Schema.Problem(services.GetRequiredService<StrongroomDb>(), cancel) is { } wrong
            ? Finding.Failure(wrong)
            : Finding.Good("This program's, with the log's triggers.");

    private static async Task<Finding> MigrationLock(IServiceProvider services, CancellationToken cancel) =>
        await Soundness.MigrationLockedSince(services.GetRequiredService<StrongroomDb>(), cancel) is { } since
            ? Finding.Failure($"Held since {since:u}. If no `migrate` or `serve` is running, it died there: copy the file, then `DELETE FROM \"__EFMigrationsLock\"`.")
            : Finding.Good("Free.");

    private static async Task<Finding> Grants(IServiceProvider services, CancellationToken cancel)
    {
        if (await Soundness.LogTablesOpenToUs(services.GetRequiredService<StrongroomDb>(), cancel) is not { Count: > 0 } open)
            return Finding.Good(services.GetRequiredService<Settings>().IsPostgres ? "The server's role can only add to the log." : "SQLite has no roles; triggers guard the log.");
        var words = $"The server's role could change {string.Join(", ", open)}. Let the tables belong to another role (deploy/postgres-roles.sql) and run `migrate` as that one.";
        return services.GetRequiredService<IHostEnvironment>().IsProduction() ? Finding.Failure(words) : Finding.Warning(words);
    }

    private static async Task<Finding> HoldersFence(IServiceProvider services, CancellationToken cancel)
    {
        if (await Soundness.TablesWithoutFence(services.GetRequiredService<StrongroomDb>(), cancel) is not { Count: > 0 } open)
            return Finding.Good(services.GetRequiredService<Settings>().IsPostgres ? "The database shows account holders their own hires only." : "SQLite has no row-level security; the program alone decides.");
        return Finding.Warning($"The database would show account holders every row of {string.Join(", ", open)}. Let the tables belong to another role (deploy/postgres-roles.sql) and run `migrate` as that one.");
    }

    private static async Task<Finding> Keys(IServiceProvider services, CancellationToken cancel)
    {
        var seals = services.GetRequiredService<Seals>();
        var db = services.GetRequiredService<StrongroomDb>();
        var versions = await Soundness.OneOfEachKekVersion(db, cancel);
        // Throws, with the version in its words, when a key is missing or not the one that wrapped the row.
        foreach (var row in versions) await seals.KeyOf(db, row.Person, cancel);
        return Finding.Good($"Newest is kek-{services.GetRequiredService<KeyRing>().Newest}; in use: {(versions.Count == 0 ? "none yet" : string.Join(", ", versions.Select(row => row.KekVersion)))}.");
    }

    private static Finding RoundTrip(IServiceProvider services)
    {
        var seals = services.GetRequiredService<Seals>();
        var secret = RandomNumberGenerator.GetBytes(32);
        return seals.OpenForBank("doctor", seals.SealForBank("doctor", secret)).AsSpan().SequenceEqual(secret)
            ? Finding.Good("What is sealed opens again.")
            : Finding.Failure("A sealed value came back changed. Stop the server and keep everything as it is.");
    }

    private static Finding SignInKeys(IServiceProvider services)
    {
        var keys = services.GetRequiredService<IKeyManager>().GetAllKeys();
        var closed = keys.Count(key => !Opens(key));
        return closed == 0 ? Finding.Good($"{keys.Count}, all open.") : Finding.Failure($"{closed} of {keys.Count} do not open with this key ring: sessions under them are lost.");
    }

    private static bool Opens(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (Exception closed) when (closed is CryptographicException or KeyRingException)
        {
            return false;
        }
    }

    private static async Task<Finding> Clock(IServiceProvider services, CancellationToken cancel)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var db = services.GetRequiredService<StrongroomDb>();
        if (await Soundness.ClockAhead(db, clock, cancel) is { } ahead && ahead.Duration() > TimeSpan.FromSeconds(2))
            return Finding.Failure($"The database server's clock is {ahead.TotalSeconds:0.0} s from ours. Synchronise both: deadlines and access hours hang on it.");
        return await Soundness.NewestEvent(db, cancel) is { } newest && newest > clock.UtcNow() + TimeSpan.FromSeconds(2)
            ? Finding.Failure($"The log's newest event is of {newest:u}, which is still to come. This clock is slow, or another's was fast.")
            : Finding.Good("Agrees with the database and the log.");
    }

    private static Finding Disk(IServiceProvider services)
    {
        var folder = services.GetRequiredService<Settings>().DataDirectory;
        if (!Directory.Exists(folder)) return Finding.Failure($"{folder} is not there.");
        var free = new DriveInfo(folder).AvailableFreeSpace / Megabyte;
        return free switch
        {
            < 512 => Finding.Failure($"{free} MB free for {folder}. Make room before the database cannot write."),
            < 4096 => Finding.Warning($"{free} MB free for {folder}."),
            _ => Finding.Good($"{free / 1024} GB free for {folder}."),
        };
    }
}
