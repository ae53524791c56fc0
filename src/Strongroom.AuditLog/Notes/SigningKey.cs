using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Strongroom.AuditLog.Notes;

/// <summary>
/// The private half, written "PRIVATE+KEY+name+id+base64". Whoever has a log's can sign any tree: it belongs on one machine, mode 600, with a copy in
/// a safe. That a stolen one was used shows only against what witnesses and auditors kept.
/// </summary>
public sealed class SigningKey : IDisposable
{
    private const string Begin = "PRIVATE+KEY+";

    private readonly Key key;

    private SigningKey(string name, SignatureType type, Key key)
    {
        this.key = key;
        Verifier = new(name, type, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public VerifierKey Verifier { get; }

    /// <exception cref="MalformedException">The name cannot name a key.</exception>
    public static SigningKey Generate(string name, SignatureType type) => new(name, type, Key.Create(SignatureAlgorithm.Ed25519, Exportable()));

    /// <exception cref="MalformedException">It is no such key. The message does not repeat it.</exception>
    public static SigningKey Parse(string text)
    {
        if (!text.StartsWith(Begin, StringComparison.Ordinal) || text[Begin.Length..].Split('+', 3) is not [var name, var id, var base64])
            throw new MalformedException("The private key has not the form PRIVATE+KEY+name+id+base64.");
        var type = VerifierKey.Read(base64, out var seed);
        var key = new SigningKey(name, type, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Exportable()));
        CryptographicOperations.ZeroMemory(seed);
        if (key.Verifier.Id.ToString("x8", CultureInfo.InvariantCulture) == id) return key;
        key.Dispose();
        throw new MalformedException("The private key does not have the id that stands in it.");
    }

    /// <summary>The secret itself, for the file that keeps it.</summary>
    public string Export() => $"{Begin}{Verifier.Name}+{Verifier.Id:x8}+{Convert.ToBase64String([(byte)Verifier.Type, .. key.Export(KeyBlobFormat.RawPrivateKey)])}";

    /// <summary>The name of the key, nothing secret.</summary>
    public override string ToString() => Verifier.Name;

    /// <summary>A log's signature over a text that ends with a newline.</summary>
    public NoteSignature Sign(string text)
    {
        Demand(SignatureType.Ed25519);
        return new(Verifier.Name, Verifier.Id, SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>A witness's signature: it saw this checkpoint, at this time, and none that is larger or contradicts it.</summary>
    /// <param name="at">UTC; written in whole seconds.</param>
    public NoteSignature Cosign(string text, DateTime at)
    {
        Demand(SignatureType.Cosignature);
        var seconds = (ulong)new DateTimeOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)).ToUnixTimeSeconds();
        var bytes = new byte[8 + SignatureAlgorithm.Ed25519.SignatureSize];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, seconds);
        SignatureAlgorithm.Ed25519.Sign(key, VerifierKey.CosignedMessage(text, seconds), bytes.AsSpan(8));
        return new(Verifier.Name, Verifier.Id, bytes);
    }

    public void Dispose() => key.Dispose();

    private static KeyCreationParameters Exportable() => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };

    // One key for both would let a log pass for a witness.
    private void Demand(SignatureType type)
    {
        if (Verifier.Type != type) throw new InvalidOperationException($"The key of {Verifier.Name} is of type {Verifier.Type}; this needs {type}.");
    }
}
