using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Printing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Lists;

internal sealed record DaysBackwards() : Refusal("registers.days-backwards", 422, "The last day is before the first.", "Choose the first day first.");

internal sealed record TooManyDays() : Refusal("registers.too-many-days", 422, $"A register is printed for a year at most, and these are more than {Register.MostDays} days.", "Print it year by year.");

internal sealed record RegisterTooLong() : Refusal(
    "registers.too-long", 422, string.Create(CultureInfo.InvariantCulture, $"The register of these days has more than {Register.MostRows:N0} entries."), "Choose fewer days: a month, or a quarter.");

/// <summary>Which branch and days were asked for; what an address leaves out is the first branch, and the year until today.</summary>
internal sealed record AskedRegister(Guid? Branch, DateOnly? From, DateOnly? Until)
{
    /// <summary>"date" is the one day that a page shows.</summary>
    public static AskedRegister In(IQueryCollection query) => DayOf(query["date"]) is { } one
        ? new(query.Branch(), one, one)
        : new(query.Branch(), DayOf(query["from"]), DayOf(query["until"]));

    /// <summary>As a date field sends it; anything else is no day.</summary>
    public static DateOnly? DayOf(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public Outcome<RegisterPeriod> Period(DateOnly today)
    {
        var until = Until ?? today;
        var from = From ?? (until.DayNumber > MostDaysBack ? until.AddYears(-1).AddDays(1) : until);
        if (from > until) return new DaysBackwards();
        return until.DayNumber - from.DayNumber >= Register.MostDays || until == DateOnly.MaxValue ? new TooManyDays() : new RegisterPeriod(from, until);
    }

    private const int MostDaysBack = 366;

    public string PageFor(RegisterAddress address, string refused) => QueryHelpers.AddQueryString("/desk/registers", new Dictionary<string, string?>
    {
        ["branch"] = Branch?.ToString(),
        ["register"] = address.Name,
        ["from"] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["until"] = Until?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["refused"] = refused,
    });
}

/// <summary>The one way a register becomes paper. That somebody printed it is an event: personal data leave the house.</summary>
internal sealed class PrintRegister(StrongroomDb db, DeskBranch desk, IServiceProvider services, IConfiguration configuration)
{
    public async Task<Outcome<FileToBe>> Prepare(RegisterAddress address, AskedRegister asked, Act act, CancellationToken cancel)
    {
        if (await desk.Of(address.Right, asked.Branch, cancel) is not { } branch) return new NoSuch("register");
        if (asked.Period(act.Now.DateIn(branch.Zone)).Refused(out var refusal, out var period)) return refusal.About(branch.Id);
        if (await ((IRegister)services.GetRequiredService(address.Register)).Make(branch, period, cancel) is not { } register) return new NoSuch("register");
        if (register.Rows.Count > Register.MostRows) return new RegisterTooLong().About(branch.Id);

        var by = await db.PersonFacts().Where(person => person.Id == act.Actor.Person).Select(person => person.Name).SingleOrDefaultAsync(cancel) ?? act.Actor.Name;
        var printed = new Event(AuditKinds.RegisterPrinted).About(branch.Id).With("register", address.Name).With("rows", register.Rows.Count);
        if (address.OfDays) printed.With("from", period.From).With("until", period.Until);
        return new FileToBe(branch.Id, register.Rows.Count, Parts(address, branch, period), printed, () =>
        {
            var pdf = Draw(address, register, branch, period, configuration["Bank:Name"] ?? "Strongroom", by, act.Now);
            return new($"{address.Name}-{branch.Code}-{period.Until:yyyyMMdd}.pdf", "application/pdf", Opens: true, to => to.WriteAsync(pdf, cancel).AsTask());
        });
    }

    // With its days: what is approved today is fetched tomorrow, and must not be another year's.
    private static SortedDictionary<string, string> Parts(RegisterAddress address, BranchFacts branch, RegisterPeriod period)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["branch"] = branch.Id.ToString() };
        if (address.OfDays) (parts["from"], parts["until"]) = ($"{period.From:yyyy-MM-dd}", $"{period.Until:yyyy-MM-dd}");
        return parts;
    }

    internal static byte[] Draw(RegisterAddress address, Register register, BranchFacts branch, RegisterPeriod period, string bank, string by, DateTime at)
    {
        var local = at.InZone(branch.Zone);
        var printed = string.Create(CultureInfo.InvariantCulture, $"{local:d MMMM yyyy, HH:mm} {Zones.ShortName(at, branch.Zone)}");
        var days = address.OfDays ? string.Create(CultureInfo.InvariantCulture, $"{period.From:d MMMM yyyy} to {period.Until:d MMMM yyyy}") : $"as it stands on {DateOnly.FromDateTime(local):d MMMM yyyy}";
        var paper = new Paper($"{address.Title}, {branch.Name}", at).Landscape()
            .Head($"{bank}, {branch.Name} ({branch.Code})", $"{address.Title}, {days}")
            .Foot($"Printed by {by}, {printed}", "Page {0} of {1}")
            .Title($"{address.Title}: {branch.Name}")
            .Note($"{char.ToUpperInvariant(days[0])}{days[1..]}. {Entries(register.Rows.Count)}. Times are {Zones.ShortName(at, branch.Zone)}.");
        if (register.Rows.Count == 0) return paper.Text("Nothing was entered.").ToPdf();
        return paper.Rows(["No.", .. register.Columns], [Number, .. register.Shares], register.Rows.Select((row, at) =>
            row with { Cells = [new PaperCell((at + 1).ToString(CultureInfo.InvariantCulture)), .. row.Cells] })).ToPdf();
    }

    /// <summary>Five digits beside columns of 1 and more.</summary>
    private const float Number = 0.55f;

    private static string Entries(int rows) => rows == 1 ? "1 entry" : string.Create(CultureInfo.InvariantCulture, $"{rows:N0} entries");
}
