using System.Text;

namespace Strongroom.Modules.Delivery.Contracts;

/// <summary>How an SMS is counted: a network carries 160 characters of its small alphabet in one part, or 70 of any other text; of several parts each carries a little less.</summary>
public static class SmsText
{
    // GSM 03.38. What stands in the second costs two places, because it is written with an escape.
    private const string Small = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    private const string Escaped = "\f^{}\\[~]|€";

    /// <summary>Whether the small alphabet is enough.</summary>
    public static bool IsSmall(string text) => text.All(letter => Small.Contains(letter, StringComparison.Ordinal) || Escaped.Contains(letter, StringComparison.Ordinal));

    /// <summary>How many parts the text is sent, and paid for, as.</summary>
    public static int Parts(string text)
    {
        var (units, one, each) = IsSmall(text)
            ? (text.Sum(letter => Escaped.Contains(letter, StringComparison.Ordinal) ? 2 : 1), 160, 153)
            : (Encoding.BigEndianUnicode.GetByteCount(text) / 2, 70, 67);
        return units <= one ? 1 : (units + each - 1) / each;
    }
}
