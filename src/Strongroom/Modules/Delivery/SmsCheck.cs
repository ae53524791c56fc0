using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Strongroom.Modules.Delivery;

/// <summary>Knocks at the SMS gateway with our token and sends nothing. Degraded and not unhealthy, as with mail: lockers still open, and messages wait.</summary>
internal sealed class SmsCheck(SmsSettings settings, IHttpClientFactory clients) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (settings.Url is null) return HealthCheckResult.Healthy($"SMS go into the folder {settings.Folder}.");
        try
        {
            await new GatewayCarrier(settings, clients.CreateClient(DeliveryModule.SmsClient)).Greet(cancellationToken);
            return HealthCheckResult.Healthy($"{settings.Url.Host} answers.");
        }
        catch (Exception broken) when (!cancellationToken.IsCancellationRequested)
        {
            return HealthCheckResult.Degraded($"{settings.Url.Host} does not take our SMS: {broken.Message}", broken);
        }
    }
}
