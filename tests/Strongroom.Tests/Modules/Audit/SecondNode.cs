using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Audit;

/// <summary>Another server on the same database, with the same keys and data directory, and the same clock.</summary>
public sealed class SecondNode<TEngine> : IAsyncDisposable where TEngine : IEngine
{
    private SecondNode(WebApplication app) => App = app;

    public WebApplication App { get; }

    internal Sequencer Sequencer => App.Services.GetRequiredService<Sequencer>();

    public static async Task<SecondNode<TEngine>> Start(LogWorld<TEngine> world, IInterceptor? interceptor = null, params string[] settings)
    {
        var app = StrongroomApp.Build([.. world.Options, .. settings], builder =>
        {
            builder.WebHost.UseTestServer();
            world.Furnish(builder.Services);
            if (interceptor is not null) builder.Services.AddSingleton(interceptor);
        });
        await app.StartAsync();
        return new(app);
    }

    /// <summary>One that listens on a port, for programs that know no other way.</summary>
    public static async Task<SecondNode<TEngine>> Listen(LogWorld<TEngine> world)
    {
        var app = StrongroomApp.Build([.. world.Options, "--urls", "http://127.0.0.1:0"], builder => world.Furnish(builder.Services));
        await app.StartAsync();
        return new(app);
    }

    public HttpClient Client() => new(App.GetTestServer().CreateHandler()) { BaseAddress = new Uri("https://localhost") };

    public async Task Sequence()
    {
        while (await Sequencer.RunOnce(default) > 0)
        {
        }
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
