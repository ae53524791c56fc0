using Microsoft.AspNetCore.Builder;

namespace Strongroom.BrowserTests.Support;

/// <summary>A server that can be stopped and started again at the same address.</summary>
public sealed class Node(Uri address, Func<Uri, WebApplication> build) : IAsyncDisposable
{
    private WebApplication? app;

    public Uri Address { get; } = address;

    public async Task Start()
    {
        app = build(Address);
        await app.StartAsync();
    }

    public async Task Stop()
    {
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    public async ValueTask DisposeAsync() => await Stop();
}
