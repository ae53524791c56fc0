using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Strongroom.AuditLog.Notes;

/// <summary>The public half of a key that signs notes, written "name+id+base64" as C2SP does: what a bank gives to its auditors.</summary>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    private const int TimeBytes = 8;

    private readonly byte[] bytes;
    private readonly PublicKey key;

    /// <param name="publicKey">32 bytes of RFC 8032.</param>
    /// <exception cref="MalformedException">The name holds a space or a plus, or the key is none.</exception>
    public VerifierKey(string name, SignatureType type, ReadOnlySpan<byte> publicKey)
    {
        if (!KeyName.IsValid(name)) throw new MalformedException($"\"{Base64.Short(name)}\" cannot name a key: no spaces, no plus, not empty.");
        if (!PublicKey.TryImport(SignatureAlgorithm.Ed25519, publicKey, KeyBlobFormat.RawPublicKey, out var imported) || imported is null) throw new MalformedException("The key is no Ed25519 key.");
        (Name, Type, bytes, key) = (name, type, publicKey.ToArray(), imported);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', (byte)type, .. bytes]));
    }

    public string Name { get; }

    public SignatureType Type { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key). Finds a line; proves nothing.</summary>
    public uint Id { get; }

    /// <exception cref="MalformedException">It is no such key, its id is not its own, or it is of a type that is not supported here.</exception>
    public static VerifierKey Parse(string text)
    {
        if (text.Split('+', 3) is not [var name, var id, var base64]) throw new MalformedException($"\"{Base64.Short(text)}\" is no verifier key: it has the form name+id+base64.");
        var key = new VerifierKey(name, Read(base64, out var publicKey), publicKey);
        return key.Id.ToString("x8", CultureInfo.InvariantCulture) == id ? key : throw new MalformedException($"The key of {name} does not have the id {Base64.Short(id)}.");
    }

    public override string ToString() => $"{Name}+{Id:x8}+{Convert.ToBase64String([(byte)Type, .. bytes])}";

    public bool Equals(VerifierKey? other) => other is not null && Name == other.Name && Type == other.Type && bytes.AsSpan().SequenceEqual(other.bytes);

    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    public override int GetHashCode() => (int)Id;

    internal static SignatureType Read(string base64, out byte[] key)
    {
        if (!Base64.TryDecode(base64, out var typed) || typed.Length != 33) throw new MalformedException("The key is not base64 of a type and 32 bytes.");
        key = typed[1..];
        return (SignatureType)typed[0] is var type && Enum.IsDefined(type)
            ? type : throw new MalformedException($"Keys of type 0x{typed[0]:x2} are not supported: 0x01 is a log's, 0x04 a witness's.");
    }

    internal Signed Check(string text, NoteSignature signature)
    {
        var good = Type switch
        {
            SignatureType.Ed25519 => Verify(Encoding.UTF8.GetBytes(text), signature.Bytes.Span) ? new Signed(SignatureState.Good, null) : default(Signed?),
            SignatureType.Cosignature => CheckCosignature(text, signature.Bytes.Span),
        };
        return good ?? new(SignatureState.Broken, null);
    }

    internal static byte[] CosignedMessage(string text, ulong seconds) =>
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {seconds}\n{text}"));

    private Signed? CheckCosignature(string text, ReadOnlySpan<byte> signature)
    {
        if (signature.Length < TimeBytes) return null;
        var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature);
        // What no DateTime holds was signed by nobody's clock.
        if (seconds > (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()) return null;
        return Verify(CosignedMessage(text, seconds), signature[TimeBytes..]) ? new(SignatureState.Good, DateTimeOffset.FromUnixTimeSeconds((long)seconds).UtcDateTime) : null;
    }

    private bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == SignatureAlgorithm.Ed25519.SignatureSize && SignatureAlgorithm.Ed25519.Verify(key, message, signature);
}
