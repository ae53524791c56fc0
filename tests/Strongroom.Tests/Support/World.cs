using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Tests.Support;

/// <summary>
/// A bank of its own for one class of tests: a server in memory, a fresh database of the engine, a key ring, and a clock that only tests move.
/// It starts on Monday 23 November 2026, 09:00 in India.
/// </summary>
public class World<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 3, 30, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-test-").FullName;

    /// <summary>Settings of a server on this world's database. Jobs and relays run when a test calls them.</summary>
    public string[] Options =>
        ["--environment", "Development", "--data", folder, "--ConnectionStrings:Strongroom", Connection, "--Logging:LogLevel:Default", "Warning",
         // A server in memory has no limit of bodies to set.
         "--Logging:LogLevel:Microsoft.AspNetCore.Routing.EndpointRoutingMiddleware", "Error", "--Strongroom:Background", "off",
         // All of them come from one address, and faster than people.
         "--Api:PerMinuteByAddress", "0", "--Api:PerMinuteByCaller", "0"];

    /// <summary>A verb of the command line, on this world's database.</summary>
    public string[] VerbOptions(params string[] verb) => [.. verb, .. Options];

    /// <summary>The data directory.</summary>
    public string DataFolder => folder;

    public string Connection { get; private set; } = "";

    public FakeTimeProvider Clock { get; } = new(Start);

    public WebApplication App { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Connection = await TEngine.NewDatabase(folder);
        KeyRing.Create(Path.Combine(folder, "keys"));
        LogKeys.Create(Path.Combine(folder, "keys"), "bank.example/log");
        App = StrongroomApp.Build(
            Options,
            builder =>
            {
                builder.WebHost.UseTestServer();
                Furnish(builder.Services);
                Configure(builder);
            });
        await App.StartAsync();
        await Prepare();
    }

    public async ValueTask DisposeAsync()
    {
        if (App is not null) await App.DisposeAsync();
        if (Connection.Length > 0) await TEngine.Drop(Connection);
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A scope as a job has it: services of its own, acting as <paramref name="actor"/> (the software itself unless named).</summary>
    public async Task<T> In<T>(Func<IServiceProvider, Task<T>> work, Actor? actor = null)
    {
        await using var scope = App.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(actor ?? Actor.System);
        return await work(scope.ServiceProvider);
    }

    public Task<T> Read<T>(Func<StrongroomDb, Task<T>> query) => In(services => query(services.GetRequiredService<StrongroomDb>()));

    /// <summary>A client that speaks to the server by https, with cookies, and does not follow redirects.</summary>
    public HttpClient Client() => new(new CookieHandler(App.GetTestServer().CreateHandler())) { BaseAddress = new Uri("https://localhost") };

    /// <summary>What every server of this world has in place of its own.</summary>
    public void Furnish(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock)).Replace(ServiceDescriptor.Singleton(Hashes));

    /// <summary>Of one round: at the server's own number half of a run's work would be the proving of passwords.</summary>
    internal virtual PasswordHashes Hashes { get; } = new(iterations: 1);

    protected virtual void Configure(WebApplicationBuilder builder)
    {
    }

    /// <summary>What the class needs in its bank before the first test.</summary>
    protected virtual Task Prepare() => Task.CompletedTask;
}
