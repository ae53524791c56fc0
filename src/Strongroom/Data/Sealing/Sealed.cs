namespace Strongroom.Data.Sealing;

/// <summary>
/// A personal value as it lies in the database: AES-256-GCM under the person's own data key. Only <see cref="PersonKeyInHand"/>
/// makes and opens one. Format: version byte 1 ‖ nonce (12) ‖ ciphertext ‖ tag (16).
/// </summary>
public sealed class Sealed<T>(byte[] envelope)
{
    internal byte[] Envelope { get; } = envelope;

    public override string ToString() => "(sealed)";
}

/// <summary>
/// A keyed hash (HMAC-SHA256, key of its own) of a normalised value: finds an equal mobile number, e-mail address or identity number,
/// and nothing else about it. Base64url, 43 characters.
/// </summary>
public readonly record struct Blind(string Value)
{
    public const int Length = 43;
}
