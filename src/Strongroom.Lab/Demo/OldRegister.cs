using System.Globalization;
using System.Text;

namespace Strongroom.Lab.Demo;

/// <summary>
/// The spreadsheets that the semi-urban branch kept for twenty years, as clerks keep them: every hand writes dates, modes and telephone numbers in its own way,
/// and some lines are wrong. Made up, like everybody in it.
/// </summary>
internal sealed class OldRegister(Chance chance, People people, DateOnly today)
{
    private const string Code = "WAI", BranchName = "Wai Bazaar";

    /// <summary>Number, cabinet, type, key: S 100, M 50, L 23, XL 7.</summary>
    private static readonly (string Cabinet, string Type, int First, int Count, string Inches)[] Rows =
    [
        ("CAB-1", "A", 501, 40, "4.50 x 5.12 x 20.37"), ("CAB-2", "B", 541, 40, "5.81x7.25x20.37"), ("CAB-3", "C", 581, 20, "4.50 X 12.93 X 20.37"),
        ("CAB-3", "E", 601, 30, "5.81 x 15.81 x 20.37"), ("CAB-4", "F", 631, 20, "12.37 x 10.25 x 20.37"), ("CAB-5", "H", 651, 23, "12.37 x 15.81 x 20.37"),
        ("CAB-5", "L", 674, 7, "16 x 20 x 20.37"),
    ];

    private readonly StringBuilder lockers = new("Branch Code,Branch Name,Cabinet No,Locker No,Type,Key No,Size (H x W x D in),Status,Remarks\n");
    private readonly StringBuilder hirers = new("Branch Code,Locker No,Cabinet No,CIF,Hirer Name(s),Mode of Operation,Mobile,Email,Address,Nominee,Relation,Date of Allotment,Rent Paid Upto,Annual Rent,FD No,FD Amount,Agreement Date,Photo,KYC Date\n");
    private readonly StringBuilder visits = new("Date,Time In,Time Out,Branch Code,Locker No,Cabinet No,Key No,Operated By,Officer,Remarks\n");
    private int cif = 410_000, mobile = 900_000;

    public void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var at = 0;
        foreach (var row in Rows)
            for (var number = row.First; number < row.First + row.Count; number++) Locker(row.Cabinet, row.Type, number, row.Inches, at++);
        // The carpenter's mistake: two doors of one number.
        Line(lockers, Code, BranchName, "CAB-4", "612", "F", "2612/9", "12.37 x 10.25 x 20.37", "V", "number painted twice");
        File.WriteAllText(Path.Combine(folder, "lockers.csv"), lockers.ToString());
        File.WriteAllText(Path.Combine(folder, "hirers.csv"), hirers.ToString());
        File.WriteAllText(Path.Combine(folder, "visits.csv"), visits.ToString());
    }

    private void Locker(string cabinet, string type, int number, string inches, int at)
    {
        var (rented, odd) = (at is 3 or 47 or 60 or 90 or 130 || chance.In(BranchPlans.SemiUrban.Occupancy), at is 21 or 88 or 150);
        var status = odd ? chance.Of("?", "", "see ledger")
            : rented ? chance.By((0.6, "Rented"), (0.2, "R"), (0.1, "OCCUPIED"), (0, "let out"))
            : chance.By((0.7, "Vacant"), (0.2, "V"), (0, "vacant "));
        if (at == 111) status = "Under repair";
        var remark = at switch { 47 => "Hirer deceased, papers awaited", 130 => "COURT ORDER - DO NOT OPERATE", 9 => "lock oiled 2019", _ => "" };
        Line(lockers, Code, BranchName, cabinet, Text(number), type, $"{number + 2000}/{at % 9 + 1}", chance.In(0.9) ? inches : "", status, remark);
        // 504 is rented, and nobody wrote to whom.
        if (rented && !odd && at is not (3 or 111)) Hirer(cabinet, number, at);
    }

    private void Hirer(string cabinet, int number, int at)
    {
        var count = chance.In(BranchPlans.SemiUrban.Joint) ? chance.By((0.85, 2), (0, 3)) : 1;
        var family = people.FamilyName();
        List<string> names = [];
        while (names.Count < count) names.Add(people.Relative(family, names));
        // One person whom the register has twice, once without her customer number.
        if (at is 60 or 90) names = ["Sunita Gokhale"];
        var written = string.Join(chance.Of(" / ", " & ", "; "), names.Select(Written));
        if (at == 47) written = "Late " + written;
        var mode = names.Count switch
        {
            1 => chance.By((0.5, "Single"), (0.3, "SELF"), (0, "")),
            2 => chance.By((0.4, "E or S"), (0.25, "Either or Survivor"), (0.2, "Jointly"), (0.1, "F or S"), (0, "as per mandate")),
            _ => chance.By((0.6, "Any one or survivor"), (0, "Jointly")),
        };
        var (allotted, key) = (today.AddDays(-chance.Between(400, 7_000)), $"{number + 2000}/{at % 9 + 1}");
        var paid = chance.In(0.92) ? today.Month < 4 ? today.Year : today.Year + 1 : today.Year - chance.Between(0, 2);
        Line(hirers, Code, Text(number), cabinet, at == 90 || chance.In(0.04) ? "" : Text(++cif), written, mode, Mobile(), chance.In(0.45) ? Email(names[0], number) : "",
            chance.In(0.8) ? $"{chance.Between(1, 300)}, Ganpati Peth, Wai" : "", chance.In(0.7) ? people.Relative(family, names) : "", chance.Of("Son", "Daughter", "Wife", ""),
            at is 47 or 60 or 90 or 130 || chance.In(0.98) ? Date(allotted) : "31-02-2015", Text(paid) + "-03-31", chance.Of("1,500", "Rs. 1500/-", "1500.00"), $"FD{chance.Between(10_000_000, 99_999_999)}", "5000",
            chance.In(0.85) ? Date(allotted) : "", "N", chance.In(0.8) ? Date(today.AddDays(-chance.Between(30, 3_400))) : "");
        for (var visit = (int)(chance.VisitsAYear() * 1.2); visit > 0; visit--) Visit(cabinet, number, key, chance.Of<string>(names));
    }

    private void Visit(string cabinet, int number, string key, string name)
    {
        var (from, minutes) = (new TimeOnly(10, 10).AddMinutes(chance.Below(300)), Math.Clamp((int)chance.LogNormal(9, 0.69), 2, 60));
        var until = chance.In(0.02) ? from.AddMinutes(-4) : from.AddMinutes(minutes);
        Line(visits, chance.In(0.01) ? "00-00-0000" : Date(today.AddDays(-chance.Between(2, 500))), Time(from), chance.In(0.03) ? "" : Time(until), Code, Text(number), cabinet, key,
            chance.In(0.03) ? people.Relative(people.FamilyName(), []) : chance.In(0.3) ? name.ToUpperInvariant() : name, $"EMP{chance.Between(120, 126)}", "");
    }

    private string Written(string name) => chance.By((0.5, name), (0.25, $"Smt. {name}"), (0.15, name.ToUpperInvariant()), (0, $"Shri {name}"));

    private string Mobile()
    {
        var number = People.Mobile(++mobile)[3..];
        return chance.By((0.8, number), (0.1, $"0{number}"), (0.03, number[..7]), (0, ""));
    }

    private string Email(string name, int number) => chance.In(0.03) ? $"{name}@" : People.Email(name, number);

    private string Date(DateOnly date) => date.ToString(chance.Of("dd/MM/yyyy", "dd-MMM-yyyy", "dd.MM.yy", "yyyy-MM-dd"), CultureInfo.InvariantCulture);

    private static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder file, params IEnumerable<string> cells) =>
        file.AppendJoin(',', cells.Select(cell => cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)).Append('\n');
}
