using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Options;
using Quartz;
using Strongroom.Data.Blobs;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;

namespace Strongroom.Data;

/// <summary>The database, the seals and the write path.</summary>
internal static class DataModule
{
    public static IServiceCollection AddData(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new Ids());
        services.AddSingleton(_ => KeyRing.Open(settings.KeysFolder));
        services.AddSingleton(root => SiteAddress.Of(root.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Seals>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<OnlyOneRules>();
        services.AddSingleton<Telemetry>();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddScoped<Write>();
        services.AddSingleton<Blobs.Blobs>().AddOnlyOne("blob", ["id"], () => new ChangedMeanwhile());
        services.AddJobs();
        // The relay alone asks every two seconds; who wants to read statements turns them on by name.
        services.AddLogging(logging => logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning));

        // Modules register interceptors of their own as singletons: what must hear that a save has committed.
        if (settings.IsPostgres)
        {
            services.AddDbContextPool<StrongroomDb, PostgresDb>((root, options) =>
                Postgres(options.AddInterceptors(root.GetServices<IInterceptor>()), settings.ConnectionString));
        }
        else
        {
            services.AddDbContextPool<StrongroomDb, SqliteDb>((root, options) =>
                Sqlite(options.AddInterceptors(root.GetServices<IInterceptor>()), settings.ConnectionString));
        }

        services.AddDataProtection().SetApplicationName("Strongroom").PersistKeysToDbContext<StrongroomDb>()
            // The framework's own choice is AES-256-CBC with an HMAC beside it.
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(root =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = new SealedXmlEncryptor(root)));
        return services;
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddQuartz();
        services.AddSingleton<SystemActs>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService<JobClock>();
        services.AddJob<ForgetOldIdempotencyKeys>("0 17 2 * * ?");
        services.AddJob<ForgetOldJobRuns>("0 37 2 * * ?");
    }

    public static void Postgres(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(Tuned(connectionString), npgsql => npgsql.MigrationsHistoryTable("schema_history"))
        .UseSnakeCaseNamingConvention()
        .ConfigureWarnings(ExpectCollisions);

    /// <summary>
    /// What a connection asks again and again it prepares once, and PostgreSQL neither parses nor plans it anew; and it is not wiped between two
    /// queries, because nobody here leaves temporary tables or locks on a connection, and the one setting that is put on it, the fence's, is taken off
    /// before it goes back, or the connection is thrown away (<see cref="Fence"/>). A connection string that says otherwise is obeyed: "Max Auto Prepare=0" is for pools in between that know no prepared statements.
    /// </summary>
    private static string Tuned(string connectionString)
    {
        var given = new DbConnectionStringBuilder { ConnectionString = connectionString };
        foreach (var (setting, value) in new[] { ("Max Auto Prepare", "200"), ("No Reset On Close", "true") })
            if (!given.ContainsKey(setting)) given[setting] = value;
        return given.ConnectionString;
    }

    public static void Sqlite(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable("schema_history"))
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(SqlitePragmas.Instance)
        .ConfigureWarnings(ExpectCollisions);

    /// <summary>A lost race is an ordinary answer (see <see cref="Collision"/>) and no error in the log; what is not expected is thrown, and logged there.</summary>
    private static void ExpectCollisions(WarningsConfigurationBuilder warnings) =>
        warnings.Log((RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug));
}
