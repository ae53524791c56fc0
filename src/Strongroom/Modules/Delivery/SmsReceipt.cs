using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery;

public enum SmsFate { Delivered, Failed }

/// <param name="Reference">As we sent it: the message's id.</param>
/// <param name="Detail">The gateway's own code, "absent-subscriber"; never the number.</param>
public sealed record SmsReceiptRequest([property: Required] MessageId? Reference, [property: Required, EnumDataType(typeof(SmsFate))] SmsFate? State, [property: StringLength(100)] string? Detail);

internal sealed record ReceiptNotSigned() : Refusal("delivery.receipt-not-signed", 401, "The receipt is not signed by the gateway, or its signature is older than five minutes.",
    "Sign \"timestamp.body\" with HMAC-SHA-256 and send X-Timestamp and X-Signature.");

internal sealed record ReceiptMalformed() : Refusal("delivery.receipt-malformed", 400, "The receipt is not {reference, state, detail}.", "Send the reference as it came, and the state Delivered or Failed.");

/// <summary>
/// What the gateway says later about an SMS that it took. The same receipt twice is one. A telephone that never got it makes the message failed; that
/// it was accepted stays noted, because acceptance is what R13 counts.
/// </summary>
internal sealed class TakeSmsReceipt(StrongroomDb db, Write write, SmsSettings settings, TimeProvider clock)
{
    public const string SignatureHeader = "X-Signature", TimeHeader = "X-Timestamp";

    public const int MaxBytes = 4_096;

    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(5);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter(null, allowIntegerValues: false) } };

    /// <param name="body">The bytes as they came: what was signed.</param>
    public async Task<Outcome<Done>> Handle(byte[] body, string? time, string? signature, CancellationToken cancel)
    {
        if (settings.ReceiptKeyFile is null || !IsSigned(body, time, signature, (await File.ReadAllTextAsync(settings.ReceiptKeyFile, cancel)).Trim())) return new ReceiptNotSigned();
        SmsReceiptRequest? receipt;
        try
        {
            receipt = JsonSerializer.Deserialize<SmsReceiptRequest>(body, Json);
        }
        catch (JsonException)
        {
            return new ReceiptMalformed();
        }
        if (receipt?.Reference is not { } id || receipt.State is not { } fate || receipt.Detail?.Length > 100) return new ReceiptMalformed();

        return await write.Do<Done>("delivery.sms-receipt", new { id, fate }, async act =>
        {
            var message = await db.Set<Message>().SingleOrDefaultAsync(row => row.Id == id && row.Medium == MessageMedium.Sms, cancel);
            if (message is null) return new NoSuch("message");
            // Said before; and whoever says both is believed the first time.
            if (message.SettledAt is not null) return Done.It;
            message.SettledAt = act.Now;
            if (fate == SmsFate.Delivered)
            {
                db.Append(act, new Event(DeliveryAudit.Delivered).About(message));
                return Done.It;
            }
            message.State = MessageState.Failed;
            message.Receipt = $"Not delivered: {receipt.Detail ?? "no reason given"}";
            db.Append(act, new Event(DeliveryAudit.Failed).About(message).With("attempts", message.Attempts));
            await act.Raise(db, new MessageFailed(id, message.Purpose, message.Reference, message.To, message.Receipt), cancel);
            return Done.It;
        }, cancel);
    }

    public static string Sign(byte[] body, string time, string key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), (byte[])[.. Encoding.UTF8.GetBytes($"{time}."), .. body]));

    private bool IsSigned(byte[] body, string? time, string? signature, string key) =>
        time is not null && signature is not null
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs(seconds - new DateTimeOffset(clock.UtcNow()).ToUnixTimeSeconds()) <= Fresh.TotalSeconds
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Sign(body, time, key)), Encoding.UTF8.GetBytes(signature));
}
