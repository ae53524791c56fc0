using System.Globalization;
using System.Text.RegularExpressions;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Exchange.Reading;

/// <summary>What the register says of a locker's occupancy and condition.</summary>
internal enum SaidStatus { NotSaid, Vacant, Rented, UnderRepair, OutOfService, Unknown, NotUnderstood }

/// <summary>Millimetres.</summary>
internal readonly record struct LockerSize(double Height, double Width, double Depth)
{
    /// <summary>Every measure within the tolerance, in millimetres.</summary>
    public bool Near(int height, int width, int depth, double tolerance) =>
        Math.Abs(Height - height) <= tolerance && Math.Abs(Width - width) <= tolerance && Math.Abs(Depth - depth) <= tolerance;
}

/// <summary>In which unit and order a header says that sizes are.</summary>
/// <param name="Millimetres">Of one unit.</param>
/// <param name="Order">"HWD" unless the header names another.</param>
internal sealed record SizeForm(double Millimetres, string Order)
{
    public static SizeForm Inches { get; } = new(25.4, "HWD");
}

/// <summary>The other cells of a register: mandates, money, sizes, states, remarks.</summary>
internal static partial class CellReading
{
    /// <summary>Ten ways of writing each; compared by their letters alone.</summary>
    private static readonly Dictionary<string, Mandate> Mandates = Table(
        (Mandate.Single, "single|self|individual|sole|solely|singly|alone|s|singleoperation|singlyoperated|single holder|self operated|hirer only|by self"),
        (Mandate.Jointly, "jointly|joint|jt|j|both|both jointly|all jointly|jointly operated|joint operation|jointly by all|all|together"),
        (Mandate.EitherOrSurvivor, "either or survivor|either/survivor|e or s|e/s|eors|eos|es|either|either or surv|either or survivors|either of us or survivor|e&s"),
        (Mandate.FormerOrSurvivor, "former or survivor|former/survivor|f or s|f/s|fors|fos|fs|former|former or surv|former or survivors|first or survivor"),
        (Mandate.LatterOrSurvivor, "latter or survivor|latter/survivor|l or s|l/s|lors|los|ls|latter|latter or surv|latter or survivors|later or survivor|second or survivor"),
        (Mandate.AnyoneOrSurvivor, "anyone or survivor|any one or survivor|any one / survivor|anyone|any one|a or s|a/s|aors|aos|as|any one or survivors|anyone or survivors|any of us or survivor|any one of us or survivor|any|any one or more|any one of them or survivor"));

    private static readonly Dictionary<string, SaidStatus> Statuses = Table(
        (SaidStatus.Rented, "rented|r|rent|let|let out|occupied|occ|o|hired|h|allotted|alloted|allocated|in use|used|issued|given|active|leased|operational|rented out|booked|a"),
        (SaidStatus.Vacant, "vacant|v|free|empty|available|unallotted|not allotted|unlet|vac|surrendered|vacated|to let|unoccupied|not rented|e"),
        (SaidStatus.UnderRepair, "under repair|repair|repairs|in repair|u/r|ur|under maintenance|maintenance|lock repair|being repaired"),
        (SaidStatus.OutOfService, "out of service|out of order|ooo|oos|defective|damaged|faulty|broken|not working|unusable|scrapped|condemned|blocked|jammed|not in use|unserviceable"),
        (SaidStatus.Unknown, "unknown|not known|?|??|n/a|na|-|nil|not traceable|to be checked|tbc|u|doubtful"));

    public static Mandate? MandateOf(string text) => Mandates.TryGetValue(Letters(text), out var mandate) ? mandate : null;

    public static SaidStatus StatusOf(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return SaidStatus.NotSaid;
        if (Letters(text).Length == 0) return SaidStatus.Unknown;
        return Statuses.TryGetValue(Letters(text), out var status) ? status : SaidStatus.NotUnderstood;
    }

    /// <summary>What stops the hire until staff have looked; null for any other remark.</summary>
    public static RegisterRemark? RemarkOf(string text) =>
        Deceased().IsMatch(text) ? RegisterRemark.Deceased
        : Court().IsMatch(text) ? RegisterRemark.CourtOrder
        : Attached().IsMatch(text) ? RegisterRemark.Attached
        : null;

    /// <summary>"Rs. 1,300/-", "1,300", "₹ 1300.00", "INR 1300 only". Null when it is no amount.</summary>
    public static Money? MoneyOf(string text)
    {
        var clean = Spent().Replace(text.Trim(), "").Trim();
        if (!Amount().IsMatch(clean)) return null;
        var plain = clean.Replace(",", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rupees) && rupees < 1_000_000_000m && decimal.Round(rupees, 2) == rupees
            ? new Money((long)(rupees * 100))
            : null;
    }

    /// <summary>"4.50 x 5.12 x 20.37": in the header's unit and order, unless the cell names a unit of its own. Null when it cannot be read.</summary>
    public static LockerSize? SizeOf(string text, SizeForm form)
    {
        var match = ThreeNumbers().Match(text.Trim());
        if (!match.Success) return null;
        var unit = UnitOf(match.Groups["unit"].Value) ?? UnitOf(match.Groups["unit1"].Value) ?? form.Millimetres;
        double[] measures = [Number("a") * unit, Number("b") * unit, Number("c") * unit];
        if (measures.Any(measure => measure <= 0)) return null;
        return new(measures[form.Order.IndexOf('H', StringComparison.Ordinal)], measures[form.Order.IndexOf('W', StringComparison.Ordinal)], measures[form.Order.IndexOf('D', StringComparison.Ordinal)]);

        double Number(string group) => double.Parse(match.Groups[group].Value.Replace(',', '.'), CultureInfo.InvariantCulture);
    }

    /// <summary>One measure of three in columns of their own; null when it cannot be read.</summary>
    public static double? MeasureOf(string text, double millimetres)
    {
        var match = OneNumber().Match(text.Trim());
        return match.Success ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * (UnitOf(match.Groups[2].Value) ?? millimetres) : null;
    }

    /// <summary>What a header says in its brackets: "Size (H x W x D in)", "Dimensions W×H×D (mm)".</summary>
    public static SizeForm SizeFormOf(string header)
    {
        var unit = UnitWord().Match(header) is { Success: true } word ? UnitOf(word.Value) : null;
        var order = OrderWords().Match(header) is { Success: true } letters
            ? string.Concat(Enumerable.Range(1, 3).Select(at => char.ToUpperInvariant(letters.Groups[at].Value[0]))).Replace('L', 'D').Replace('B', 'W')
            : "HWD";
        return new(unit ?? SizeForm.Inches.Millimetres, order.Distinct().Count() == 3 && order.All("HWD".Contains) ? order : "HWD");
    }

    /// <summary>"CAB-4", "Cab. 4" and "cabinet 04" name one cabinet; "101" and " 101 " one locker.</summary>
    public static string Folded(string name)
    {
        var folded = string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return folded.StartsWith("CABINET", StringComparison.Ordinal) && folded.Length > 7 ? "CAB" + folded[7..] : folded;
    }

    public static bool? YesOrNo(string text) => text.Trim().ToUpperInvariant() switch
    {
        "Y" or "YES" or "TRUE" or "1" or "AVAILABLE" => true,
        "N" or "NO" or "FALSE" or "0" or "NA" => false,
        _ => null,
    };

    private static double? UnitOf(string unit) => unit.Trim().TrimEnd('.').ToLowerInvariant() switch
    {
        "mm" or "millimetre" or "millimetres" or "millimeters" => 1,
        "cm" or "cms" or "centimetres" or "centimeters" => 10,
        "in" or "inch" or "inches" or "\"" or "”" or "″" or "''" => 25.4,
        _ => null,
    };

    private static Dictionary<string, T> Table<T>(params (T Meaning, string Words)[] rows) =>
        rows.SelectMany(row => row.Words.Split('|').Select(word => (Word: Letters(word), row.Meaning))).Where(pair => pair.Word.Length > 0)
            .DistinctBy(pair => pair.Word).ToDictionary(pair => pair.Word, pair => pair.Meaning);

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetter)).ToLowerInvariant();

    [GeneratedRegex(@"\b(?:deceased|expired|died|dead|death|demise)\b|\blate (?:hirer|holder|shri|sri|smt|mr)", RegexOptions.IgnoreCase)]
    private static partial Regex Deceased();

    [GeneratedRegex(@"\bcourt\b|\binjunction\b|\bstay order\b|\bdo not operate\b|\blitigation\b|\bdecree\b", RegexOptions.IgnoreCase)]
    private static partial Regex Court();

    [GeneratedRegex(@"\battach(?:ed|ment)\b|\bincome tax\b|\bpolice\b|\bsealed by\b|\bseized\b|\bprohibitory\b|\benforcement\b", RegexOptions.IgnoreCase)]
    private static partial Regex Attached();

    [GeneratedRegex(@"^(?:rs\.?|inr|₹|rupees)\s*|\s*/-\s*$|\s*/=\s*$|\s*(?:only|p\.?a\.?|per annum)\s*$|(?<=\d)\s*/-(?=\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Spent();

    [GeneratedRegex(@"^\d[\d, ]*(?:\.\d{1,2})?$")]
    private static partial Regex Amount();

    [GeneratedRegex("""^(?<a>\d+(?:[.,]\d+)?)\s*(?<unit1>"|″|''|in|mm|cm)?\s*[xX×*]\s*(?<b>\d+(?:[.,]\d+)?)\s*(?:"|″|''|in|mm|cm)?\s*[xX×*]\s*(?<c>\d+(?:[.,]\d+)?)\s*(?<unit>mm|cms?|in|inch|inches|"|″|'')?\.?$""", RegexOptions.IgnoreCase)]
    private static partial Regex ThreeNumbers();

    [GeneratedRegex("""^(\d+(?:\.\d+)?)\s*(mm|cms?|in|inch|inches|"|″|'')?\.?$""", RegexOptions.IgnoreCase)]
    private static partial Regex OneNumber();

    [GeneratedRegex(@"\b(?:mm|cms?|inch(?:es)?|in|millimet(?:re|er)s?|centimet(?:re|er)s)\b", RegexOptions.IgnoreCase)]
    private static partial Regex UnitWord();

    [GeneratedRegex(@"\b([hwdlb])(?:eight|idth|epth|ength|readth)?\s*[x×*]\s*([hwdlb])(?:eight|idth|epth|ength|readth)?\s*[x×*]\s*([hwdlb])(?:eight|idth|epth|ength|readth)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex OrderWords();
}
