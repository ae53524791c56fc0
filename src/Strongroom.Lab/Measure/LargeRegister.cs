using System.Globalization;

namespace Strongroom.Lab.Measure;

/// <summary>A register as branches keep it, large and clean enough that its rows are taken: 500 lockers a branch, four of five let, fifty visits a locker.</summary>
internal sealed class LargeRegister(string folder)
{
    private const int LockersOfABranch = 500;
    private static readonly string[] Dates = ["dd/MM/yyyy", "dd-MM-yyyy", "yyyy-MM-dd", "dd-MMM-yyyy", "dd.MM.yy"];

    public string Folder => folder;

    public string Lockers => Path.Combine(folder, "lockers.csv");

    public string Hirers => Path.Combine(folder, "hirers.csv");

    public string Visits => Path.Combine(folder, "visits.csv");

    /// <summary>Of all three files.</summary>
    public int Rows { get; private set; }

    public int VisitRows { get; private init; }

    public static async Task<LargeRegister> Write(string folder, int lockers, int visits, CancellationToken cancel)
    {
        var register = new LargeRegister(Directory.CreateDirectory(folder).FullName) { VisitRows = visits };
        var random = new Random(5);
        var names = new MadeUpNames(random);
        var hirers = new string?[lockers];
        await register.WriteFile(register.Lockers, "Branch Code,Branch Name,Cabinet No,Locker No,Type,Key No,Size (H x W x D in),Status,Remarks", Enumerable.Range(0, lockers).Select(at =>
        {
            if (at % 5 != 4) hirers[at] = names.Next();
            return Line($"{Branch(at)},Branch {Branch(at)},CAB-{Number(at) / 50 + 1},{Number(at)},A,{Key(at)},4.50 x 5.12 x 20.37,{(hirers[at] is null ? "Vacant" : "Rented")},");
        }), cancel);
        await register.WriteFile(register.Hirers, "Branch Code,Locker No,Cabinet No,CIF,Hirer Name(s),Mode of Operation,Mobile,Email,Address,Nominee,Relation,Date of Allotment,Rent Paid Upto,Annual Rent",
            Enumerable.Range(0, lockers).Where(at => hirers[at] is not null).Select(at =>
                Line($"{Branch(at)},{Number(at)},CAB-{Number(at) / 50 + 1},{10_000_000 + at},{hirers[at]},Single,98{at:D8},,\"{at}, Station Road\",,,{random.Next(1, 28):D2}/04/2012,31-03-2027,1200.00")), cancel);
        await register.WriteFile(register.Visits, "Date,Time In,Time Out,Branch Code,Locker No,Cabinet No,Key No,Operated By,Officer,Remarks", Enumerable.Range(0, visits).Select(row =>
        {
            // Branch by branch, as its own book is kept, and within a branch by date.
            var branch = (int)((long)row * ((lockers + LockersOfABranch - 1) / LockersOfABranch) / visits);
            var at = Math.Min(branch * LockersOfABranch + random.Next(LockersOfABranch), lockers - 1);
            var date = new DateOnly(2013, 1, 1).AddDays(random.Next(4_700)).ToString(Dates[random.Next(Dates.Length)], CultureInfo.InvariantCulture);
            var came = random.Next(600, 1_000);
            var went = came + random.Next(3, 30);
            return Line($"{date},{came / 60:D2}:{came % 60:D2},{went / 60:D2}:{went % 60:D2},{Branch(at)},{Number(at)},CAB-{Number(at) / 50 + 1},{Key(at)},{hirers[at] ?? names.Next()},EMP{random.Next(100, 150)},");
        }), cancel);
        return register;
    }

    private async Task WriteFile(string path, string header, IEnumerable<string> lines, CancellationToken cancel)
    {
        await using var writer = new StreamWriter(path);
        await writer.WriteLineAsync(header.AsMemory(), cancel);
        foreach (var line in lines)
        {
            await writer.WriteLineAsync(line.AsMemory(), cancel);
            Rows++;
        }
    }

    private static int Branch(int locker) => 7_001 + locker / LockersOfABranch;

    private static int Number(int locker) => locker % LockersOfABranch + 1;

    private static string Key(int locker) => Line($"{1_000 + Number(locker)}/{locker % 97:D2}");

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
