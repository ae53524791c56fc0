using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strongroom.AuditLog.Witnesses;

namespace Strongroom.Verifier.Witnessing;

/// <summary>
/// The witness on HTTP: POST /add-checkpoint and nothing else. Anybody may ask, so a request is small, quick to send, and not one of many; encryption is
/// the proxy's, because what is sent here is public.
/// </summary>
internal static class WitnessServer
{
    public static WebApplication Build(WitnessBook book, IReadOnlyList<string> urls, int perSecond = 20)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls([.. urls]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = CosignRequest.LongestBytes;
            kestrel.Limits.MaxConcurrentConnections = 256;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(http => RateLimitPartition.GetTokenBucketLimiter(
                http.Connection.RemoteIpAddress ?? IPAddress.None,
                _ => new() { TokenLimit = 10 * perSecond, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0 }));
        });
        var app = builder.Build();
        app.UseRateLimiter();
        app.MapPost("/add-checkpoint", async (HttpRequest request, CancellationToken cancel) =>
        {
            using var body = new MemoryStream();
            try
            {
                await request.Body.CopyToAsync(body, cancel);
            }
            catch (BadHttpRequestException e)
            {
                return Results.Text(e.Message + "\n", statusCode: e.StatusCode);
            }
            var reply = book.Add(body.GetBuffer().AsSpan(0, (int)body.Length));
            return new Verbatim(reply);
        });
        return app;
    }

    /// <summary>The content type to the letter: the framework would add a charset to it.</summary>
    private sealed class Verbatim(WitnessReply reply) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            (http.Response.StatusCode, http.Response.ContentType) = (reply.Status, reply.ContentType);
            return http.Response.WriteAsync(reply.Body, http.RequestAborted);
        }
    }
}
