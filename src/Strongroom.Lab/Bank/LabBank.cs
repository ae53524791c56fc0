using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Strongroom.Data;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>
/// A bank server without its network: the same services and handlers, driven by the Lab with a clock and ids of its own.
/// What a rule refuses throws, because the Lab's stories are meant to be possible.
/// </summary>
/// <param name="pass">How time passes here.</param>
public sealed class LabBank(WebApplication app, TimeProvider clock, Func<TimeSpan, Task> pass) : IAsyncDisposable
{
    public LabBank(WebApplication app, TimeProvider clock, Action<TimeSpan> pass) : this(app, clock, span =>
    {
        pass(span);
        return Task.CompletedTask;
    })
    {
    }

    public DateTime Now => clock.UtcNow();

    public Task Pass(TimeSpan span) => pass(span);

    /// <param name="arguments">As the server takes them: --data, --ConnectionStrings:Strongroom …</param>
    /// <param name="keep">False when a filling that is cut short starts over anyway: then no commit waits for the disk.</param>
    public static LabBank Open(string[] arguments, VirtualClock clock, int seed, bool keep = true)
    {
        var app = StrongroomApp.Build([.. arguments, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"], builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.Replace(ServiceDescriptor.Singleton(new Ids(seed)));
            builder.Services.RemoveAll<IHostedService>();
            if (!keep) builder.Services.ConfigureDbContext<SqliteDb>(options => options.AddInterceptors(Unsynced.Instance));
        });
        return new(app, clock, clock.Pass);
    }

    /// <summary>Beside a server that is at work on the same data: time passes as it does on the machine.</summary>
    public static LabBank Beside(string data, CancellationToken cancel)
    {
        var app = StrongroomApp.Build(["--data", data, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"], builder => builder.Services.RemoveAll<IHostedService>());
        return new(app, TimeProvider.System, span => Task.Delay(span, cancel));
    }

    /// <summary>One request of a person, or of the software itself: a scope with its own actor, whose roles are read at this instant.</summary>
    /// <param name="version">The version the person was looking at, for acts that edit a row.</param>
    internal async Task<T> As<T>(PersonId? person, Func<IServiceProvider, Task<T>> act, long? version = null)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = Request(services, version);
        services.GetRequiredService<CurrentActor>().Become(person is { } one ? await ActorOf(services, one) : Actor.System);
        return await act(services);
    }

    /// <summary>The same, for a handler: its value, or an exception that names the refusal.</summary>
    internal Task<T> Do<THandler, T>(PersonId? person, Func<THandler, Task<Outcome<T>>> act, long? version = null) where THandler : notnull =>
        As(person, async services =>
        {
            var outcome = await act(services.GetRequiredService<THandler>());
            return outcome.Refused(out var refusal, out var value)
                ? throw new InvalidOperationException($"{typeof(THandler).Name}: {refusal.Title} ({refusal.Code})")
                : value;
        }, version);

    /// <summary>What a server does beside its requests: mail goes out, and what nobody was told of in time is marked.</summary>
    internal Task Background() => As(null, async services =>
    {
        await services.GetRequiredService<Relay>().RunOnce(Now, default);
        await services.GetRequiredService<MarkObligationsPastDue>().Run(Now, default);
        return 0;
    });

    internal Task<T> Read<T>(Func<StrongroomDb, Task<T>> query) => As(null, services => query(services.GetRequiredService<StrongroomDb>()));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<Actor> ActorOf(IServiceProvider services, PersonId person)
    {
        var user = await services.GetRequiredService<StrongroomDb>().Set<User>().AsNoTracking().SingleOrDefaultAsync(row => row.Person == person)
            ?? throw new InvalidOperationException($"Person {person} has no sign-in.");
        return await services.GetRequiredService<Modules.SignIn.Sessions.Roles>().ActorOf(user, session: null, enrolling: false, address: null, Now, default);
    }

    private static DefaultHttpContext Request(IServiceProvider services, long? version)
    {
        var http = new DefaultHttpContext { RequestServices = services };
        if (version is { } seen) http.Request.Headers.IfMatch = $"\"{seen}\"";
        return http;
    }
}
