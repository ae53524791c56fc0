using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>
/// Standard Webhooks (standardwebhooks.com, 1.0): HMAC-SHA256 of "id.timestamp.body" by a secret that is shown as "whsec_" and base64. While a secret
/// takes another's place, the message carries a signature by each.
/// </summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id", TimestampHeader = "webhook-timestamp", SignatureHeader = "webhook-signature", Prefix = "whsec_";

    private const string Place = "webhook.secret";

    public static (byte[] Sealed, string Shown) NewSecret(Seals seals)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        return (seals.SealForBank(Place, secret), Prefix + Convert.ToBase64String(secret));
    }

    /// <summary>The signature header's value.</summary>
    public static string Of(Webhook webhook, Seals seals, WebhookDeliveryId id, DateTime at, byte[] body)
    {
        var now = By(seals.OpenForBank(Place, webhook.Secret), id, at, body);
        return webhook.OldSecret is { } old && webhook.OldUntil > at ? $"{now} {By(seals.OpenForBank(Place, old), id, at, body)}" : now;
    }

    public static string Timestamp(DateTime at) => new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private static string By(byte[] secret, WebhookDeliveryId id, DateTime at, byte[] body) =>
        "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, (byte[])[.. Encoding.ASCII.GetBytes($"{id}.{Timestamp(at)}."), .. body]));
}
