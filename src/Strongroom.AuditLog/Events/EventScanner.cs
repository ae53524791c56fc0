using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Strongroom.AuditLog.Events;

/// <summary>
/// Reads an event once, from the left to the right, and accepts exactly what <see cref="EventEncoding.Encode"/> writes. By hand, because a parser that
/// takes more than one form would have to write each of millions of events again to compare.
/// </summary>
internal ref struct EventScanner(ReadOnlySpan<byte> entry)
{
    private const int UuidLength = 36, TimeLength = 24, HashLength = 64;

    private static readonly SearchValues<byte> Special = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(i => (byte)i)]);
    private static readonly SearchValues<byte> Hex = SearchValues.Create("0123456789abcdef"u8);
    private static readonly SearchValues<byte> HexOrDash = SearchValues.Create("0123456789abcdef-"u8);
    private static readonly SearchValues<byte> CodeBytes = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(i => (byte)i).Where(b => b is not ((byte)'"' or (byte)'\\'))]);

    private readonly ReadOnlySpan<byte> whole = entry;
    private ReadOnlySpan<byte> rest = entry;

    public EventHead Event()
    {
        KnowVersion();
        if (!Utf8.IsValid(whole)) throw new MalformedException("The event is not UTF-8.");
        Expect("{"u8);
        if (Take("\"actor\":\""u8))
        {
            Uuid();
            Expect("\","u8);
        }
        if (Take("\"address\":"u8))
        {
            Text();
            Expect(","u8);
        }
        Expect("\"at\":\""u8);
        var at = Time();
        Expect("\","u8);
        if (Take("\"committed\":{"u8)) Members(commitments: true);
        if (Take("\"data\":{"u8)) Members(commitments: false);
        Expect("\"id\":\""u8);
        var id = Uuid();
        Expect("\",\"kind\":\""u8);
        Code(EventEncoding.LongestKind);
        Expect("\",\"subjects\":["u8);
        Subjects();
        Expect(",\"v\":1}"u8);
        if (!rest.IsEmpty) throw Wrong("something stands after its end");
        return new(Utf8Parser.TryParse(id, out Guid value, out _, 'D') ? value : throw Wrong("an id is no UUID"), at);
    }

    /// <summary>The version stands last and is looked at first: what another version looks like is not ours to judge.</summary>
    private readonly void KnowVersion()
    {
        if (whole.EndsWith(",\"v\":1}"u8)) return;
        var member = whole.LastIndexOf("\"v\":"u8);
        if (member < 0 || !whole.EndsWith("}"u8)) return;
        var number = whole[(member + 4)..^1];
        if (Utf8Parser.TryParse(number, out int version, out var read) && read == number.Length && version > EventEncoding.Version)
            throw new UnknownVersionException($"The event is of version {version}; this program knows {EventEncoding.Version}.");
    }

    private void Members(bool commitments)
    {
        ReadOnlySpan<byte> last = default;
        do
        {
            Expect("\""u8);
            var name = Code(EventEncoding.LongestName);
            if (last.SequenceCompareTo(name) >= 0) throw Wrong("its members are not in order");
            last = name;
            Expect("\":"u8);
            if (commitments) Commitment();
            else if (rest.StartsWith("\""u8)) Text();
            else Integer();
        }
        while (Take(","u8));
        Expect("},"u8);
    }

    private void Subjects()
    {
        if (Take("]"u8)) return;
        ReadOnlySpan<byte> lastKind = default, lastId = default;
        do
        {
            Expect("\""u8);
            var kind = Code(EventEncoding.LongestSubjectKind, colon: false);
            Expect(":"u8);
            var id = Uuid();
            Expect("\""u8);
            // In lower case the text of two ids is ordered as their bytes are.
            var order = lastKind.SequenceCompareTo(kind);
            if (order > 0 || (order == 0 && lastId.SequenceCompareTo(id) >= 0)) throw Wrong("its subjects are not in order");
            lastKind = kind;
            lastId = id;
        }
        while (Take(","u8));
        Expect("]"u8);
    }

    private ReadOnlySpan<byte> Uuid()
    {
        if (rest.Length < UuidLength) throw Wrong("an id is cut short");
        var text = rest[..UuidLength];
        if (text.ContainsAnyExcept(HexOrDash) || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-' || text.Count((byte)'-') != 4) throw Wrong("an id is no UUID in lower case");
        rest = rest[UuidLength..];
        return text;
    }

    private DateTime Time()
    {
        if (rest.Length < TimeLength) throw Wrong("its time is cut short");
        var text = rest[..TimeLength];
        rest = rest[TimeLength..];
        var (year, month, day) = (Digits(text[..4]), Digits(text[5..7]), Digits(text[8..10]));
        var (hour, minute, second, milli) = (Digits(text[11..13]), Digits(text[14..16]), Digits(text[17..19]), Digits(text[20..23]));
        var valid = text[4] == '-' && text[7] == '-' && text[10] == 'T' && text[13] == ':' && text[16] == ':' && text[19] == '.' && text[23] == 'Z'
            && year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            && hour is >= 0 and < 24 && minute is >= 0 and < 60 && second is >= 0 and < 60 && milli >= 0;
        return valid ? new(year, month, day, hour, minute, second, milli, DateTimeKind.Utc) : throw Wrong("its time is not like 2026-01-31T23:59:59.999Z");
    }

    private static int Digits(ReadOnlySpan<byte> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            number = 10 * number + digit - '0';
        }
        return number;
    }

    private void Integer()
    {
        var length = rest.IndexOfAny((byte)',', (byte)'}');
        if (length <= 0 || !Utf8Parser.TryParse(rest[..length], out long number, out var read) || read != length) throw Wrong("a value is neither string nor integer");
        Span<byte> again = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, again, out var written);
        if (!again[..written].SequenceEqual(rest[..length])) throw Wrong("an integer is not in its shortest form");
        rest = rest[length..];
    }

    private void Commitment()
    {
        Expect("\""u8);
        if (rest.Length < HashLength || rest[..HashLength].ContainsAnyExcept(Hex)) throw Wrong("a commitment is not 64 hexadecimal digits in lower case");
        rest = rest[HashLength..];
        Expect("\""u8);
    }

    private ReadOnlySpan<byte> Code(int longest, bool colon = true)
    {
        var length = rest.IndexOfAnyExcept(CodeBytes);
        if (!colon && rest.IndexOf((byte)':') is >= 0 and var end && end < length) length = end;
        if (length < 1 || length > longest) throw Wrong("a name or kind is empty, too long, or not of printable ASCII");
        var code = rest[..length];
        rest = rest[length..];
        return code;
    }

    private void Text()
    {
        Expect("\""u8);
        while (true)
        {
            var plain = rest.IndexOfAny(Special);
            if (plain < 0) throw Wrong("a string does not end");
            rest = rest[plain..];
            if (rest[0] == '"') break;
            if (rest[0] != '\\' || rest.Length < 2) throw Wrong("a string holds a control character");
            rest = rest[(rest[1] == 'u' ? Escaped() : "\"\\bfnrt"u8.Contains(rest[1]) ? 2 : throw Wrong("a string escapes what needs none"))..];
        }
        rest = rest[1..];
    }

    /// <summary>\u is for the control characters that have no escape of their own.</summary>
    private readonly int Escaped()
    {
        if (rest.Length < 6 || !rest[2..4].SequenceEqual("00"u8) || rest[4..6].ContainsAnyExcept(Hex)
            || !Utf8Parser.TryParse(rest[4..6], out byte code, out _, 'x') || code >= 0x20 || code is 0x08 or 0x09 or 0x0a or 0x0c or 0x0d)
            throw Wrong("a string escapes what needs none");
        return 6;
    }

    private bool Take(ReadOnlySpan<byte> expected)
    {
        if (!rest.StartsWith(expected)) return false;
        rest = rest[expected.Length..];
        return true;
    }

    private void Expect(ReadOnlySpan<byte> expected)
    {
        if (!Take(expected)) throw Wrong($"{Encoding.UTF8.GetString(expected)} is missing");
    }

    private readonly MalformedException Wrong(string what) => new($"The event is not in its one form: at byte {whole.Length - rest.Length} {what}.");
}
