using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Strongroom.Web;

/// <summary>
/// Traces, metrics and logs to where OTEL_EXPORTER_OTLP_ENDPOINT says; without it nothing is collected and nothing is sent.
/// The other standard variables (OTEL_EXPORTER_OTLP_PROTOCOL, OTEL_SERVICE_NAME, OTEL_TRACES_SAMPLER …) hold as everywhere.
/// </summary>
internal static class TelemetryModule
{
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[Endpoint])) return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(
                builder.Configuration["OTEL_SERVICE_NAME"] ?? "strongroom",
                serviceVersion: typeof(TelemetryModule).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(traces => traces
                .AddSource(Data.Telemetry.Name)
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = http => !http.Request.Path.StartsWithSegments("/health");
                    options.RecordException = false;
                    options.EnrichWithHttpResponse = (activity, _) => Bare(activity);
                    options.EnrichWithException = (activity, _) => Bare(activity);
                }))
            .WithMetrics(metrics => metrics
                .AddMeter(Data.Telemetry.Name, "System.Runtime", "Npgsql")
                .AddMeter("Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.RateLimiting"))
            .WithLogging()
            .UseOtlpExporter();
    }

    // The route (http.route) tells which endpoint it was; what somebody searched for, whose page it was and with which browser is nobody's business there.
    private static void Bare(Activity activity)
    {
        foreach (var tag in new[] { "url.query", "url.path", "user_agent.original", "client.address", "exception.message" })
            activity.SetTag(tag, null);
    }
}
