using System.Diagnostics.CodeAnalysis;

namespace Strongroom.AuditLog;

/// <summary>
/// Standard base64 with padding, in its one canonical form. The framework's decoder takes white space and loose bits at the end; here they are
/// refused, because a bit that may be flipped unseen has no place in a log.
/// </summary>
internal static class Base64
{
    private const int Shown = 60;

    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text.Length % 4 != 0) return false;
        var decoded = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, decoded, out var length)) return false;
        Array.Resize(ref decoded, length);
        if (!string.Equals(Convert.ToBase64String(decoded), text, StringComparison.Ordinal)) return false;
        bytes = decoded;
        return true;
    }

    /// <summary>What a message may repeat of a hostile text.</summary>
    public static string Short(string text) =>
        new([.. (text.Length <= Shown ? text : text[..Shown] + "…").Select(c => char.IsControl(c) ? '·' : c)]);
}
