using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web.Files;

namespace Strongroom.Tests.Web.Files;

/// <summary>A small bank where one person takes four names a day in files, and for a fifth asks a colleague.</summary>
public sealed class FileWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    public const int Limit = 4;

    private int groups;

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Lab.Do<SetPolicy, PolicySet>(Bank.Admin.Person, slice => slice.Handle(
            nameof(ApprovalPolicy), new("IN", Lab.Now.DateIn("UTC"), new Dictionary<string, JsonElement> { ["exportRows"] = JsonSerializer.SerializeToElement(Limit) }), default));
    }

    /// <summary>So many customers, found by the word that comes back. What was taken in files before is more than a day ago.</summary>
    public async Task<string> NewCustomers(int count)
    {
        Clock.Advance(TimeSpan.FromHours(25));
        var word = $"group{(char)('a' + groups++)}";
        await AddTo(word, count);
        return word;
    }

    public async Task AddTo(string word, int count)
    {
        for (var at = 0; at < count; at++) await Lab.Do<RegisterPerson, PersonRegistered>(Bank.Manager.Person, slice => slice.Handle(new() { Name = $"{word} {(char)('a' + at)}" }, default));
    }
}

/// <summary>What leaves the bank as a file: alone up to the limit of a day, beyond it with a colleague's approval, once.</summary>
public abstract class FileTests<TEngine>(FileWorld<TEngine> world) : IClassFixture<FileWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_list_up_to_the_limit_is_taken_alone_and_one_more_row_needs_a_colleague()
    {
        var word = await world.NewCustomers(4);
        using var counter = await world.SignIn(Bank.CounterOfficer);

        (await Rows(counter, List(word))).ShouldBe(4);

        world.Clock.Advance(TimeSpan.FromHours(24));
        await world.AddTo(word, 1);
        using var again = await world.SignIn(Bank.CounterOfficer);
        var refused = await again.GetAsync(List(word));
        (refused.StatusCode, await refused.RefusalCode()).ShouldBe((HttpStatusCode.Forbidden, "files.needs-approval"));
    }

    [Fact]
    public async Task A_long_list_is_asked_for_with_a_reason_approved_by_the_manager_and_downloaded_once()
    {
        var word = await world.NewCustomers(6);
        using var counter = await world.SignIn(Bank.CounterOfficer);
        var gate = await Led(counter, List(word));
        gate.ShouldStartWith("/desk/files/ask?");
        (await counter.GetStringAsync(gate)).ShouldSatisfyAllConditions(
            page => page.ShouldContain("A colleague must approve this file"), page => page.ShouldContain("4 rows with names within 24 hours"), page => page.ShouldContain(word), page => page.ShouldContain(">6<"));
        (await (await counter.PostForm(gate, "ask", ("Input.Reason", ""))).Content.ReadAsStringAsync()).ShouldContain("Write what the file is for");
        (await counter.PostForm(gate, "ask", ("Input.Reason", "Letters about the new vault hours"))).Leads().ShouldBe("/desk/files");
        var id = await Newest();
        (await counter.GetStringAsync("/desk/files")).ShouldSatisfyAllConditions(page => page.ShouldContain("waiting"), page => page.ShouldNotContain($"action=\"/desk/files/{id}\""));
        (await Fetch(counter, id)).StatusCode.ShouldBe(HttpStatusCode.Conflict, "nobody has approved it yet");

        var read = await world.Lab.RequestOf(Bank.Manager, id);
        read.Line.Yours.ShouldBeTrue();
        var words = string.Join('\n', read.Words.Select(line => $"{line.Label}: {line.Value}"));
        words.ShouldContain("File: Customers, CSV");
        words.ShouldContain("Rows: 6 at most");
        words.ShouldContain($"Searched for: {word}");
        words.ShouldContain("What for: Letters about the new vault hours");
        await world.Lab.TryApprove(Bank.Manager, id).Fine();

        (await counter.GetStringAsync("/desk/files")).ShouldContain($"action=\"/desk/files/{id}\"");
        var file = await Fetch(counter, id);
        file.Content.Headers.ContentDisposition!.FileNameStar.ShouldBe("people.csv");
        Lines(await file.Content.ReadAsByteArrayAsync()).Count(line => line.StartsWith(word, StringComparison.Ordinal)).ShouldBe(6);
        var told = (await world.Read(db => db.TimelineOf(Subject.Of(id), null, 10, default))).Single(one => one.Kind == AuditKinds.ListDownloaded.Name);
        told.Actor.ShouldBe(Bank.CounterOfficer.Person);

        (await (await Fetch(counter, id)).RefusalCode()).ShouldBe("approvals.over");
        (await counter.GetStringAsync("/desk/files?refused=approvals.over")).ShouldContain("downloaded already");
        (await world.Lab.RequestOf(Bank.CounterOfficer, id)).Line.State.ShouldBe(ApprovalState.Done);
    }

    [Fact]
    public async Task An_approved_file_stands_among_ones_own_behind_any_number_of_others()
    {
        var word = await world.NewCustomers(5);
        using var manager = await world.SignIn(Bank.Manager);
        var id = await Asked(manager, word);
        await world.Lab.TryApprove(Bank.Admin, id).Fine();
        // The manager may read them, and they end before.
        await world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<Strongroom.Data.Write>().Do<Done>("test.asking", word, async act =>
        {
            for (var other = 0; other < 201; other++)
                await services.GetRequiredService<ApprovalBook>().Ask<ApprovedFile, FileToTake>(act, new(new("/desk/people/csv", $"?q={other}", 5, "Letters"), new($"Other file {other}", []), Bank.Branch, [], 1, TimeSpan.FromHours(1)), default);
            return Done.It;
        }, default)).Fine();

        (await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<ReadApprovals>().Inbox(default))).Open.ShouldNotContain(line => line.Id == id);
        (await manager.GetStringAsync("/desk/files")).ShouldSatisfyAllConditions(page => page.ShouldContain($"action=\"/desk/files/{id}\""), page => page.ShouldNotContain("Other file"));
        (await Fetch(manager, id)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Nobody_approves_their_own_file_nor_fetches_anothers()
    {
        var word = await world.NewCustomers(5);
        using var manager = await world.SignIn(Bank.Manager);
        var id = await Asked(manager, word);

        (await world.Lab.TryApprove(Bank.Manager, id)).Refusal!.Code.ShouldBe("approvals.own-request");
        (await world.Lab.TryApprove(Bank.Custodian, id)).Refusal.ShouldBeOfType<NoSuch>();
        (await world.Lab.TryApprove(Bank.Auditor, id)).Refusal!.Code.ShouldBe("not-allowed");
        await world.Lab.TryApprove(Bank.Admin, id).Fine();

        using var custodian = await world.SignIn(Bank.Custodian);
        (await Fetch(custodian, id)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var auditor = await world.SignIn(Bank.Auditor);
        (await (await Fetch(auditor, id)).RefusalCode()).ShouldBe("approvals.not-the-maker");
        (await Fetch(manager, id)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Many_small_files_of_a_day_count_like_one_and_what_was_approved_does_not()
    {
        var (three, two, five) = (await world.NewCustomers(3), await world.NewCustomers(2), await world.NewCustomers(5));
        using var custodian = await world.SignIn(Bank.Custodian);
        (await Rows(custodian, List(three))).ShouldBe(3);

        (await (await custodian.GetAsync(List(two))).RefusalCode()).ShouldBe("files.needs-approval");
        (await custodian.GetStringAsync(await Led(custodian, List(two)))).ShouldContain("you took 3 rows with names");
        var id = await Asked(custodian, five);
        await world.Lab.TryApprove(Bank.Manager, id).Fine();
        (await Fetch(custodian, id)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await custodian.GetAsync(List(two))).RefusalCode()).ShouldBe("files.needs-approval");

        world.Clock.Advance(TimeSpan.FromHours(24));
        using var next = await world.SignIn(Bank.Custodian);
        (await Rows(next, List(two))).ShouldBe(2);
        (await Rows(next, List(two))).ShouldBe(2);
        (await (await next.GetAsync(List(two))).RefusalCode()).ShouldBe("files.needs-approval");
    }

    [Fact]
    public async Task Files_asked_for_at_the_same_instant_do_not_go_round_the_limit()
    {
        var word = await world.NewCustomers(3);
        using var custodian = await world.SignIn(Bank.SecondCustodian);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => custodian.GetAsync(List(word))));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK || answer.StatusCode == HttpStatusCode.Forbidden || answer.StatusCode == HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_list_that_has_grown_since_is_asked_for_anew()
    {
        var word = await world.NewCustomers(5);
        using var counter = await world.SignIn(Bank.CounterOfficer);
        var id = await Asked(counter, word);
        await world.Lab.TryApprove(Bank.Manager, id).Fine();
        await world.AddTo(word, 1);

        var grown = await Fetch(counter, id);
        (grown.StatusCode, await grown.RefusalCode()).ShouldBe((HttpStatusCode.Conflict, "files.grown"));
        (await world.Lab.RequestOf(Bank.CounterOfficer, id)).Line.State.ShouldBe(ApprovalState.Approved, "what was refused did not use it up");
    }

    [Fact]
    public async Task A_register_on_paper_goes_the_same_way_and_its_days_stand_still()
    {
        await world.NewCustomers(0);
        using var custodian = await world.SignIn(Bank.Custodian);
        (await (await custodian.GetAsync("/desk/agreements/pdf")).RefusalCode()).ShouldBe("files.needs-approval", "the register has a row for each of 24 lockers");
        var gate = await Led(custodian, "/desk/agreements/pdf");
        (await custodian.PostForm(gate, "ask", ("Input.Reason", "The inspector asks for it on paper"))).Leads().ShouldBe("/desk/files");
        var id = await Newest();
        (await world.Lab.RequestOf(Bank.Manager, id)).Line.Sentence.ShouldBe("Take 24 rows with names as a file: Locker register, MG Road");
        await world.Lab.TryApprove(Bank.Manager, id).Fine();

        var paper = await Fetch(custodian, id);
        paper.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        Encoding.Latin1.GetString(await paper.Content.ReadAsByteArrayAsync()).ShouldStartWith("%PDF");
    }

    [Fact]
    public async Task What_names_nobody_is_no_matter_for_a_colleague()
    {
        await world.NewCustomers(0);
        using var manager = await world.SignIn(Bank.Manager);
        for (var hires = 0; hires < 5; hires++) await world.NewHire();

        (await Rows(manager, "/desk/custody/hirer-keys/csv")).ShouldBeGreaterThan(FileWorld<TEngine>.Limit);
        (await Led(manager, "/desk/files/ask?file=/desk/custody/hirer-keys/csv&query=", page: true)).ShouldContain("You may take it alone");
    }

    [Fact]
    public async Task A_file_of_a_list_that_is_not_ones_own_cannot_be_asked_for()
    {
        using var counter = await world.SignIn(Bank.CounterOfficer);

        (await counter.GetAsync("/desk/files/ask?file=/office/staff/csv&query=")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await counter.GetAsync($"/desk/files/ask?file=/desk/lockers/csv&query=%3Fbranch%3D{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await counter.GetAsync("/desk/files/ask")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string List(string word) => $"/desk/people/csv?q={word}";

    private async Task<ApprovalId> Asked(HttpClient maker, string word)
    {
        (await maker.PostForm(await Led(maker, List(word)), "ask", ("Input.Reason", "Letters to all of them"))).Leads().ShouldBe("/desk/files");
        return await Newest();
    }

    private Task<ApprovalId> Newest() => world.Read(db => db.Set<Strongroom.Modules.Approvals.ApprovalRequest>().OrderByDescending(row => row.MadeAt).ThenByDescending(row => row.Id).Select(row => row.Id).FirstAsync());

    /// <summary>Posts the download as the page's button does; the refusal comes as a program gets it.</summary>
    private static async Task<HttpResponseMessage> Fetch(HttpClient client, ApprovalId id)
    {
        var token = System.Text.RegularExpressions.Regex.Match(await client.GetStringAsync("/desk/files"), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]);
        return await client.PostAsync($"/desk/files/{id}", form);
    }

    /// <summary>Where somebody who reads is led.</summary>
    private static async Task<string> Led(HttpClient client, string path, bool page = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Accept", "text/html");
        var answer = await client.SendAsync(request);
        return page ? await answer.Content.ReadAsStringAsync() : answer.Leads();
    }

    private static async Task<int> Rows(HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return Lines(await answer.Content.ReadAsByteArrayAsync()).Count - 1;
    }

    private static List<string> Lines(byte[] file) => [.. Encoding.UTF8.GetString(file.AsSpan(3)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)];
}

public sealed class File_on_sqlite(FileWorld<Sqlite> world) : FileTests<Sqlite>(world);

public sealed class File_on_postgres(FileWorld<Postgres> world) : FileTests<Postgres>(world);
