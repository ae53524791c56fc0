using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
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
        services.AddSingleton<Seals>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<OnlyOneRules>();
        services.AddSingleton<Telemetry>();
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentActor>();
        services.AddScoped<Write>();

        if (settings.IsPostgres) services.AddDbContextPool<StrongroomDb, PostgresDb>(options => Postgres(options, settings.ConnectionString));
        else services.AddDbContextPool<StrongroomDb, SqliteDb>(options => Sqlite(options, settings.ConnectionString));

        services.AddDataProtection().SetApplicationName("Strongroom").PersistKeysToDbContext<StrongroomDb>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(root =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = new SealedXmlEncryptor(root)));
        return services;
    }

    public static void Postgres(DbContextOptionsBuilder options, string connectionString) => options
        .UseNpgsql(connectionString, npgsql => npgsql.MigrationsHistoryTable("schema_history"))
        .UseSnakeCaseNamingConvention();

    public static void Sqlite(DbContextOptionsBuilder options, string connectionString) => options
        .UseSqlite(connectionString, sqlite => sqlite.MigrationsHistoryTable("schema_history"))
        .UseSnakeCaseNamingConvention()
        .AddInterceptors(SqlitePragmas.Instance);
}
