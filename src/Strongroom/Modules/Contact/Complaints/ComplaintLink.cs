using System.Buffers.Text;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Contact.Complaints;

/// <summary>
/// The address in an alert by which its addressee complains without signing in: which obligation and which of its addressees, and 128 bits that only
/// this bank can make. Whoever holds it can open one complaint and see which locker it is about, no more; it counts as long as <see cref="Life"/>.
/// </summary>
internal static class ComplaintLink
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(180);

    private const int IdBytes = 16, MacBytes = 16;

    public static string Path(Seals seals, ObligationId obligation, int position)
    {
        var bytes = new byte[IdBytes + 1 + MacBytes];
        obligation.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[IdBytes] = checked((byte)position);
        Mac(seals, bytes).CopyTo(bytes.AsSpan(IdBytes + 1));
        return $"/complaint/{Base64Url.EncodeToString(bytes)}";
    }

    /// <returns>Null for whatever this bank has not made.</returns>
    public static (ObligationId Obligation, int Position)? Read(Seals seals, string token)
    {
        var bytes = new byte[IdBytes + 1 + MacBytes];
        if (token.Length > 60 || !Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var written) || written != bytes.Length) return null;
        return System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(Mac(seals, bytes), bytes.AsSpan(IdBytes + 1))
            ? (new(new Guid(bytes.AsSpan(0, IdBytes), bigEndian: true)), bytes[IdBytes])
            : null;
    }

    private static byte[] Mac(Seals seals, byte[] bytes) =>
        Base64Url.DecodeFromChars(seals.Blind("complaint-link", Convert.ToHexString(bytes.AsSpan(0, IdBytes + 1))).Value)[..MacBytes];
}
