using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Strongroom.Data;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>A bank that reports to a collector: a real one, that keeps what it is sent.</summary>
public sealed class ObservedWorld : World<Sqlite>
{
    private readonly ConcurrentDictionary<string, StringBuilder> received = new();
    private WebApplication collector = null!;

    public string Received(string signal) => received.TryGetValue(signal, out var text) ? text.ToString() : "";

    protected override void Configure(WebApplicationBuilder builder)
    {
        var listening = WebApplication.CreateSlimBuilder();
        listening.WebHost.UseUrls("http://127.0.0.1:0");
        listening.Logging.ClearProviders();
        collector = listening.Build();
        collector.MapPost("/v1/{signal}", async (string signal, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            received.GetOrAdd(signal, _ => new()).Append(Encoding.Latin1.GetString(body.ToArray()));
        });
        collector.StartAsync().GetAwaiter().GetResult();
        builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Urls.Single();
        builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        Strongroom.Web.TelemetryModule.AddTelemetry(builder);
    }

    /// <summary>Sends what is waiting.</summary>
    public void Flush()
    {
        App.Services.GetRequiredService<TracerProvider>().ForceFlush();
        App.Services.GetRequiredService<MeterProvider>().ForceFlush();
    }
}

public sealed class TelemetryTests(ObservedWorld world) : IClassFixture<ObservedWorld>
{
    [Fact]
    public async Task An_operator_sees_acts_by_name_and_outcome_and_nothing_that_anybody_typed()
    {
        await world.In(services => services.GetRequiredService<AddLockerType>().Handle(new("Canary-type", SizeClass.S, 114, 130, 517), default));
        await world.In(services => services.GetRequiredService<AddLockerType>().Handle(new("Canary-type", SizeClass.S, 114, 130, 517), default));
        using var client = world.Client();
        client.DefaultRequestHeaders.UserAgent.ParseAdd("CanaryBrowser/1");
        await client.GetAsync("/desk/people?search=Canary-name");
        await client.GetAsync("/no/such/Canary-path");

        world.Flush();

        var (traces, metrics) = (world.Received("traces"), world.Received("metrics"));
        metrics.ShouldContain("strongroom.acts");
        metrics.ShouldContain("strongroom.act.duration");
        metrics.ShouldContain("accepted");
        metrics.ShouldContain("refused");
        metrics.ShouldContain("http.server.request.duration");
        traces.ShouldContain("strongroom.outcome");
        traces.ShouldContain("http.route");
        (traces + metrics).ShouldNotContain("Canary");
    }
}

/// <summary>What the meter says, without any exporter.</summary>
public sealed class ActMeterTests(World<Sqlite> world) : IClassFixture<World<Sqlite>>
{
    [Theory]
    [InlineData(1, "accepted")]
    [InlineData(2, "refused")]
    public async Task An_act_is_counted_by_how_it_ended(int times, string outcome)
    {
        var factory = world.App.Services.GetRequiredService<IMeterFactory>();
        ConcurrentBag<(string? Act, string? Outcome)> seen = [];
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => { if (instrument.Name == "strongroom.acts" && instrument.Meter.Scope == factory) it.EnableMeasurementEvents(instrument); } };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => seen.Add((Tag(tags, "act"), Tag(tags, "outcome"))));
        listener.Start();

        for (var i = 0; i < times; i++)
            await world.In(services => services.GetRequiredService<AddLockerType>().Handle(new($"T{times}", SizeClass.S, 114, 130, 517), default));

        seen.ShouldContain(one => one.Outcome == outcome && one.Act!.StartsWith("branches.", StringComparison.Ordinal));
        seen.Count.ShouldBe(times);
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var tag in tags)
            if (tag.Key == name) return tag.Value as string;
        return null;
    }
}
