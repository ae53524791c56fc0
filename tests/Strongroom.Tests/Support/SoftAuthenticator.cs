using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Strongroom.Tests.Support;

/// <summary>
/// A passkey in software, written from the WebAuthn recommendation: one ES256 key, user verification, attestation "none". What it says is
/// verified by the real framework.
/// </summary>
public sealed class SoftAuthenticator : IDisposable
{
    [Flags]
    private enum Flags : byte
    {
        UserPresent = 0x01,
        UserVerified = 0x04,
        AttestedCredential = 0x40,
    }

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private byte[] id = RandomNumberGenerator.GetBytes(32);
    private uint counter;
    private byte[] userHandle = [];

    public string Origin { get; init; } = "https://localhost";

    /// <summary>False is a key that asks for neither finger nor PIN.</summary>
    public bool VerifiesUser { get; init; } = true;

    /// <summary>Synced passkeys do not count; this one does only when told to.</summary>
    public bool Counts { get; init; }

    /// <summary>Answers navigator.credentials.create.</summary>
    public string Create(JsonElement options)
    {
        userHandle = Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString());
        var clientData = ClientData("webauthn.create", options);
        var authenticatorData = AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, Flags.AttestedCredential, [
            .. new byte[16], // an authenticator of no known make
            (byte)(id.Length >> 8), (byte)id.Length, .. id, .. CoseKey()]);
        var attestation = new CborWriter(CborConformanceMode.Ctap2Canonical);
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString(authenticatorData);
        attestation.WriteEndMap();
        return Credential(new { clientDataJSON = Text(clientData), attestationObject = Text(attestation.Encode()), transports = new[] { "internal" } });
    }

    /// <summary>Answers navigator.credentials.get.</summary>
    public string Get(JsonElement options)
    {
        var clientData = ClientData("webauthn.get", options);
        var authenticatorData = AuthenticatorData(options.GetProperty("rpId").GetString()!, 0, []);
        var signature = key.SignData((byte[])[.. authenticatorData, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new
        {
            clientDataJSON = Text(clientData),
            authenticatorData = Text(authenticatorData),
            signature = Text(signature),
            userHandle = Text(userHandle),
        });
    }

    /// <summary>A key of somebody else's that calls itself by this one's name.</summary>
    public SoftAuthenticator Impostor() => new() { id = id, userHandle = userHandle };

    /// <summary>As the server keeps it.</summary>
    public byte[] PublicKey => CoseKey();

    public bool Verifies(byte[] authenticatorData, byte[] clientData, byte[] signature) =>
        key.VerifyData((byte[])[.. authenticatorData, .. SHA256.HashData(clientData)], signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public void Dispose() => key.Dispose();

    private byte[] ClientData(string type, JsonElement options) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(
        new { type, challenge = options.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = false }));

    private byte[] AuthenticatorData(string domain, Flags flags, byte[] attested)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Counts ? ++counter : 0);
        flags |= Flags.UserPresent | (VerifiesUser ? Flags.UserVerified : 0);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(domain)), (byte)flags, .. count, .. attested];
    }

    // RFC 9053: an EC2 key (1: 2) for ES256 (3: -7) on P-256 (-1: 1) with x and y.
    private byte[] CoseKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cose.WriteStartMap(5);
        cose.WriteInt32(1);
        cose.WriteInt32(2);
        cose.WriteInt32(3);
        cose.WriteInt32(-7);
        cose.WriteInt32(-1);
        cose.WriteInt32(1);
        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }

    private string Credential(object response) => JsonSerializer.Serialize(
        new { id = Text(id), rawId = Text(id), type = "public-key", clientExtensionResults = new { }, response });

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
