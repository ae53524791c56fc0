using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Strongroom.Modules.Delivery;

/// <summary>
/// Connects to the mail server, signs in and says NOOP. Degraded and not unhealthy: a bank whose mail is down still opens lockers,
/// and its messages wait.
/// </summary>
internal sealed class MailCheck(MailSettings settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (settings.Host is null) return HealthCheckResult.Healthy($"Mail goes into the folder {settings.Folder}.");
        try
        {
            await using var carrier = new SmtpCarrier(settings);
            await carrier.Greet(cancellationToken);
            return HealthCheckResult.Healthy($"{settings.Host}:{settings.Port} answers.");
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded($"{settings.Host}:{settings.Port} does not take our mail: {broken.Message}", broken);
        }
    }
}
