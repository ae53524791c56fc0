using System.Globalization;
using System.Text;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>
/// A register of a branch that never was, made and then spoilt by chance: rows in any order, dates in any form, rows twice, rows cut off,
/// lines of rubbish, any encoding. The same seed makes the same files.
/// </summary>
internal sealed class SpoiltRegister
{
    private static readonly string[] DateForms = ["yyyy-MM-dd", "dd/MM/yyyy", "dd-MM-yyyy", "dd.MM.yy", "d-MMM-yyyy", "dd MMM yy", "d/M/yy"];
    private static readonly string[] FirstNames = ["Asha", "VIKRAM", "Smt. Lata", "nandini", "Dr. Farida", "Shri Mohan"];
    private static readonly string[] LastNames = ["Rao", "KULKARNI", "D'Souza", "Khan", "Iyer", "शर्मा"];
    private static readonly string[] Mandates = ["Single", "E or S", "EITHER/SURVIVOR", "jointly", "F or S", "A or S", "??", ""];
    private static readonly string[] Statuses = ["V", "Rented", "R", "vacant", "OUT OF ORDER", "?", ""];
    private static readonly string[] Remarks = ["", "", "", "deceased", "COURT ORDER", "key lost, 12/3", "=1+1"];
    private static readonly string[] Types = ["A", "b", "C", "D", "L", "Z9", ""];

    private readonly Random chance;
    private readonly string branch;

    public SpoiltRegister(int seed)
    {
        chance = new Random(seed);
        branch = string.Create(CultureInfo.InvariantCulture, $"8{seed:000}");
        Files = new Dictionary<string, byte[]>
        {
            ["lockers.csv"] = Spoil("Branch Code,Branch Name,Cabinet No,Locker No,Type,Key No,Status,Remarks", Lockers()),
            ["hirers.csv"] = Spoil("Branch Code,Locker No,Cabinet No,CIF,Hirer Name(s),Mode of Operation,Mobile,Email,Date of Allotment,Annual Rent", Hirers()),
            ["visits.csv"] = Spoil("Date,Time In,Time Out,Branch Code,Locker No,Cabinet No,Operated By,Officer", Visits()),
        };
    }

    public IReadOnlyDictionary<string, byte[]> Files { get; }

    /// <summary>How many lines below the header are not blank: each is a row, readable or not.</summary>
    public Dictionary<string, int> Rows { get; } = [];

    private IEnumerable<string> Lockers() => Enumerable.Range(1, chance.Next(5, 40)).Select(number => Join(
        branch, "Market Yard", $"CAB-{1 + number % 2}", Number(chance.Next(8) == 0 ? 1 : number), Of(Types), $"{number}/07", Of(Statuses), Of(Remarks)));

    private IEnumerable<string> Hirers() => Enumerable.Range(1, chance.Next(5, 30)).Select(number => Join(
        branch, Number(chance.Next(1, 40)), $"CAB-{1 + number % 2}", chance.Next(3) == 0 ? "" : Number(29_000_000 + chance.Next(20)), People(), Of(Mandates),
        chance.Next(2) == 0 ? "98765 43210" : Number(chance.Next()), chance.Next(3) == 0 ? "asha@example.in" : "", Date(), chance.Next(2) == 0 ? "1300" : "Rs. 1300/-"));

    private IEnumerable<string> Visits() => Enumerable.Range(1, chance.Next(5, 60)).Select(_ => Join(
        Date(), $"{chance.Next(25):00}:{chance.Next(61):00}", chance.Next(5) == 0 ? "" : $"{chance.Next(10, 18)}:30", branch, Number(chance.Next(1, 40)), "", People(), "EMP101"));

    private byte[] Spoil(string header, IEnumerable<string> made)
    {
        var lines = made.ToList();
        foreach (var line in lines.ToList())
        {
            switch (chance.Next(12))
            {
                case 0: lines.Add(line); break;
                case 1: lines.Add(line[..chance.Next(line.Length)]); break;
                case 2: lines.Add(Rubbish()); break;
                case 3: lines.Add(new string(',', chance.Next(30))); break;
                case 4: lines.Add(line + ",,," + line); break;
                default: break;
            }
        }
        var order = lines.ToArray();
        chance.Shuffle(order);
        Rows[header[..6] switch { "Branch" when header.Contains("Type", StringComparison.Ordinal) => "lockers.csv", "Branch" => "hirers.csv", _ => "visits.csv" }] =
            order.Count(line => !line.All(c => char.IsWhiteSpace(c) || char.IsControl(c)));
        Encoding encoding = chance.Next(4) switch
        {
            0 => Encoding.Unicode,
            1 => Encoding.BigEndianUnicode,
            2 => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        var end = chance.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        return [.. encoding.GetPreamble(), .. encoding.GetBytes(header + end + string.Join(end, order))];
    }

    /// <summary>Anything at all but a line's end and a quotation mark, which may join lines.</summary>
    private string Rubbish() => new([.. Enumerable.Range(0, chance.Next(1, 80)).Select(_ => (char)chance.Next(chance.Next(2) == 0 ? 256 : 0xFFFF)).Where(c => c is not ('\n' or '\r' or '"'))]);

    private string People() => string.Join(chance.Next(2) == 0 ? " / " : " & ", Enumerable.Range(0, chance.Next(4)).Select(_ => $"{Of(FirstNames)} {Of(LastNames)}"));

    private string Date() => chance.Next(10) == 0 ? "31/02/2019" : new DateOnly(1996, 1, 1).AddDays(chance.Next(11_500)).ToString(Of(DateForms), CultureInfo.InvariantCulture);

    private string Of(string[] words) => words[chance.Next(words.Length)];

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Join(params string[] cells) => string.Join(',', cells);
}
