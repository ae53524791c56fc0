using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Tests.Support;
using Strongroom.Web.Lists;

namespace Strongroom.Tests.Web.Desk;

/// <summary>Lists as a browser asks for them, and the files that they are to be had as.</summary>
public abstract partial class ListTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_list_is_sorted_and_paged_by_its_address_and_every_row_stands_once()
    {
        using var desk = await world.SignIn(Bank.Manager);
        for (var at = 0; at < 55; at++) await Register(desk, $"Yamuna {(char)('a' + at / 26)}{(char)('a' + at % 26)}");

        var first = Names(await desk.GetStringAsync("/desk/people?q=yamuna"));
        var second = Names(await desk.GetStringAsync("/desk/people?q=yamuna&page=2"));
        var last = Names(await desk.GetStringAsync("/desk/people?q=yamuna&sort=-name"));

        (first.Count, second.Count).ShouldBe((50, 5));
        first.Concat(second).Distinct().Count().ShouldBe(55);
        first.ShouldBe(first.Order(StringComparer.Ordinal));
        last[0].ShouldBe(second[^1]);
        var html = await desk.GetStringAsync("/desk/people?q=yamuna&sort=-name&page=2");
        html.ShouldContain("51 to 55 of 55");
        html.ShouldContain("href=\"/desk/people/csv?q=yamuna&amp;sort=-name\"");
    }

    [Fact]
    public async Task A_file_has_all_rows_in_the_order_of_the_list_and_its_download_is_an_event()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var hire = await world.NewHire();

        var (lines, response) = await Csv(desk, $"/desk/lockers/csv?branch={Bank.Branch}&sort=-number");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        response.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("lockers.csv");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        lines[0].ShouldBe("Number,State,Type,\"Height, mm\",\"Width, mm\",Cabinet,Row,Column,Hirer");
        lines.Count.ShouldBe(Bank.Lockers.Count + 1);
        var numbers = lines.Skip(1).Select(line => int.Parse(line.Split(',')[0], CultureInfo.InvariantCulture)).ToList();
        numbers.ShouldBe(numbers.OrderDescending());
        lines.Single(line => line.StartsWith(hire.Number + ",", StringComparison.Ordinal)).ShouldEndWith($",{hire.Name}");
        lines.Single(line => line.StartsWith(hire.Number + ",Rented,", StringComparison.Ordinal)).ShouldNotBeNull();

        var told = (await world.Read(db => db.TimelineOf(Subject.Of(Bank.Branch), null, 1, default)))[0];
        (told.Kind, told.Actor).ShouldBe(("audit.list-downloaded", Bank.Manager.Person));
        told.Data.ShouldBe(new Dictionary<string, string> { ["list"] = "lockers", ["rows"] = Bank.Lockers.Count.ToString(CultureInfo.InvariantCulture) });
    }

    [Fact]
    public async Task The_agreements_of_a_branch_are_a_list_and_a_file()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var hire = await world.NewHire();

        var page = await desk.GetStringAsync("/desk/agreements?sort=locker");
        var (lines, _) = await Csv(desk, "/desk/agreements/csv?sort=locker");

        page.ShouldContain($"/desk/agreements/{hire.Agreement}");
        lines.ShouldContain(line => line.Contains($",{hire.Number},{hire.Name},", StringComparison.Ordinal));
        (await desk.GetStringAsync("/desk/agreements?ended=true")).ShouldNotContain($"/desk/agreements/{hire.Agreement}");
    }

    [Fact]
    public async Task The_visits_of_a_branch_are_a_list_that_days_narrow()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var hire = await world.NewHire();
        await Bank.OpenDay();
        await Bank.CheckIn(hire);
        var today = Bank.Lab.Now.DateIn("Asia/Kolkata");

        (await desk.GetStringAsync($"/desk/visits?until={today:yyyy-MM-dd}")).ShouldContain(hire.Name);
        (await desk.GetStringAsync($"/desk/visits?from={today.AddDays(1):yyyy-MM-dd}")).ShouldContain("No visit in these days");
        (await desk.GetStringAsync("/desk/visits?from=yesterday&until=9999-12-31&sort=-locker")).ShouldContain(hire.Name);
        (await Csv(desk, $"/desk/visits/csv?from={today:yyyy-MM-dd}")).Lines.ShouldContain(line => line.Contains($",{hire.Number},{hire.Name},waiting,", StringComparison.Ordinal));
        (await Csv(desk, $"/desk/visits/csv?until={today.AddDays(-1):yyyy-MM-dd}")).Lines.ShouldNotContain(line => line.Contains(hire.Name, StringComparison.Ordinal));
        (await desk.GetStringAsync("/desk/visits/register")).ShouldContain("No entry in these days");
    }

    [Fact]
    public async Task The_hirers_keys_of_a_branch_are_a_list_and_those_without_the_banks_code_stand_apart()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var hire = await world.NewHire();
        var plain = await world.NewHire();
        await desk.PostJson("/api/v1/keys/hirer", new RegisterHirerKeyRequest(plain.Locker, "PLAIN-7", Embossed: null));

        (await Csv(desk, "/desk/custody/hirer-keys/csv?sort=-locker")).Lines.ShouldContain($"{hire.Number}/1,{hire.Number},yes");
        (await Csv(desk, "/desk/custody/hirer-keys/csv?plain=true")).Lines.ShouldBe(["Key,Locker,Embossed", $"PLAIN-7,{plain.Number},"]);
        (await desk.GetStringAsync("/desk/custody/hirer-keys?plain=true")).ShouldContain("nobody has looked");
    }

    [Fact]
    public async Task What_is_sealed_stands_in_no_file()
    {
        using var desk = await world.SignIn(Bank.Manager);
        await desk.PostJson("/api/v1/people", new NewPerson { Name = "Canary Person", Email = "canary@example.in", Mobile = "9811199887", Address = "Canary Lane", BornOn = new(1961, 7, 29) });
        await world.NewHire();
        foreach (var path in new[] { "/desk/people/csv", "/desk/lockers/csv", "/desk/agreements/csv", "/desk/messages/csv", "/desk/obligations/csv", "/desk/custody/csv", "/desk/custody/hirer-keys/csv", "/desk/visits/csv", "/desk/visits/register/csv" })
        {
            var (lines, _) = await Csv(desk, path);
            var text = string.Join('\n', lines);
            text.ShouldNotContain("canary@", customMessage: path);
            text.ShouldNotContain("Canary Lane", customMessage: path);
            text.ShouldNotContain("99887", customMessage: path);
            text.ShouldNotContain("1961", customMessage: path);
        }
    }

    [Fact]
    public async Task A_name_that_looks_like_a_formula_is_text_in_a_spreadsheet()
    {
        using var desk = await world.SignIn(Bank.Manager);
        foreach (var name in new[] { "=HYPERLINK(1) Formula", "+Formula", "-Formula", "@Formula", "＝Formula", "Plain, \"Formula\"" }) await Register(desk, name);

        var (lines, _) = await Csv(desk, "/desk/people/csv");

        lines.Where(line => line.Contains("ormula", StringComparison.Ordinal)).Select(line => line.Split("\",")[0]).Order(StringComparer.Ordinal)
            .ShouldAllBe(cell => cell.StartsWith("\"'", StringComparison.Ordinal) || cell.StartsWith("'＝", StringComparison.Ordinal) || cell.StartsWith("\"Plain, \"\"Formula\"\"", StringComparison.Ordinal));
        lines.Count(line => line.Contains("ormula", StringComparison.Ordinal)).ShouldBe(6);
    }

    [Fact]
    public async Task A_name_that_was_searched_for_stands_not_in_the_log()
    {
        using var desk = await world.SignIn(Bank.Manager);
        await Csv(desk, "/desk/people/csv?q=secretly");

        var (kind, body) = await world.Read(async db =>
        {
            var last = await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.FirstAsync(
                db.Set<Strongroom.Modules.Audit.AuditEvent>().Where(row => row.Kind == AuditKinds.ListDownloaded.Name).OrderByDescending(row => row.At).ThenByDescending(row => row.Id));
            return (last.Kind, Encoding.UTF8.GetString(last.Body));
        });

        kind.ShouldBe("audit.list-downloaded");
        body.ShouldContain("people");
        body.ShouldNotContain("secretly");
    }

    [Fact]
    public async Task Whoever_may_not_read_a_list_gets_no_file()
    {
        using var admin = await world.SignIn(Bank.Admin);
        foreach (var path in new[] { "/desk/people/csv", "/desk/lockers/csv", "/desk/agreements/csv", "/desk/messages/csv", "/desk/obligations/csv", "/desk/custody/csv", "/desk/custody/hirer-keys/csv", "/desk/visits/csv", "/desk/visits/register/csv" })
            (await admin.GetAsync(path)).StatusCode.ShouldNotBe(HttpStatusCode.OK, path);
        using var counter = await world.SignIn(Bank.CounterOfficer);
        foreach (var path in new[] { "/office/staff/csv", "/desk/messages/csv", "/desk/custody/csv", $"/desk/lockers/csv?branch={Guid.NewGuid()}" })
            (await counter.GetAsync(path)).StatusCode.ShouldNotBe(HttpStatusCode.OK, path);
        using var nobody = world.Client();
        (await nobody.GetAsync("/desk/people/csv")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        (await Csv(admin, "/office/staff/csv")).Lines.ShouldContain(line => line.Contains("HO-1", StringComparison.Ordinal));
        (await Csv(admin, "/office/branches/csv?sort=-name")).Lines.ShouldContain(line => line.StartsWith("MG Road,MGR", StringComparison.Ordinal));
    }

    private static async Task Register(HttpClient desk, string name) => (await desk.PostJson("/api/v1/people", new NewPerson { Name = name })).StatusCode.ShouldBe(HttpStatusCode.Created);

    private static async Task<(List<string> Lines, HttpResponseMessage Response)> Csv(HttpClient client, string path)
    {
        var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        bytes.AsSpan(0, 3).SequenceEqual(Encoding.UTF8.Preamble).ShouldBeTrue("the file begins with the mark of UTF-8");
        return ([.. Encoding.UTF8.GetString(bytes.AsSpan(3)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)], response);
    }

    private static List<string> Names(string html) => [.. Name().Matches(html).Select(match => WebUtility.HtmlDecode(match.Groups[1].Value))];

    [GeneratedRegex("<a href=\"/desk/people/[0-9a-f-]{36}\">([^<]*)</a>")]
    private static partial Regex Name();
}

public sealed class List_on_sqlite(BankWorld<Sqlite> world) : ListTests<Sqlite>(world);

public sealed class List_on_postgres(BankWorld<Postgres> world) : ListTests<Postgres>(world);
