using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;
using Strongroom.Tests.Verifier;
using Strongroom.Web.Auditing;

namespace Strongroom.Tests.Modules.Audit;

/// <summary>How a hirer proves that the bank logged a visit, and who else reads the log.</summary>
public abstract partial class ReceiptPageTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_hirer_takes_the_receipt_of_their_visit_once_it_is_sealed_and_checks_it_without_signing_in()
    {
        var hire = await world.NewHire();
        var visit = await Visit(hire);
        var player = await Bank.OpenAccess(hire, $"receipt{hire.Number}");
        using var phone = await world.SignIn(player);
        (await phone.GetStringAsync($"/account/visits/{visit}")).ShouldContain("The receipt will be there in a few seconds");
        (await phone.GetAsync($"/account/visits/{visit}/receipt")).StatusCode.ShouldBe(HttpStatusCode.Conflict);

        await Sequence();
        var page = await phone.GetStringAsync($"/account/visits/{visit}");
        page.ShouldContain($"href=\"/account/visits/{visit}/receipt\"");
        var receipt = await phone.GetByteArrayAsync($"/account/visits/{visit}/receipt");
        using var anybody = world.Client();

        // Pasted.
        var pasted = await Html(await anybody.PostForm("/audit/check", "check", ("Input.Text", Encoding.UTF8.GetString(receipt))));
        pasted.ShouldContain("The receipt holds");
        pasted.ShouldContain("Locker opened, hirer left alone");
        // Uploaded.
        (await Upload(anybody, receipt)).ShouldContain("The receipt holds");
        // By the link of the slip's QR.
        var link = WebUtility.HtmlDecode(Link().Match(page).Value);
        (await anybody.GetStringAsync(link)).ShouldContain("The bank&#x27;s log holds it");
        // Without the bank.
        var file = Path.Combine(world.DataFolder, "visit.tlog-proof");
        await File.WriteAllBytesAsync(file, receipt);
        var key = (await anybody.GetStringAsync("/log/key")).Split('\n')[0];
        (await VerifierRun.Of("verify-receipt", file, "--key", key)).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_receipt_that_was_changed_or_is_of_another_bank_does_not_hold()
    {
        var hire = await world.NewHire();
        var visit = await Visit(hire);
        await Sequence();
        var leaf = await world.In(services => services.GetRequiredService<VisitProof>().Of(visit, default));
        var receipt = Encoding.UTF8.GetString((await world.In(services => services.GetRequiredService<LogProofs>().Of(leaf!.Event, default)))!.Receipt);
        using var anybody = world.Client();

        // The time of the visit is another: one letter of what it says.
        var lines = receipt.Split('\n');
        var entry = Encoding.UTF8.GetString(Convert.FromBase64String(lines[1]["extra ".Length..])).Replace("2026-11-23", "2026-11-22", StringComparison.Ordinal);
        var changed = receipt.Replace(lines[1], "extra " + Convert.ToBase64String(Encoding.UTF8.GetBytes(entry)), StringComparison.Ordinal);
        (await Html(await anybody.PostForm("/audit/check", "check", ("Input.Text", changed)))).ShouldContain("does not lead from what the receipt says to what the bank signed");

        var otherKey = receipt.Replace(lines[^2], "— bank.example/log AAAAAA" + lines[^2].Split(' ')[2][6..], StringComparison.Ordinal);
        (await Html(await anybody.PostForm("/audit/check", "check", ("Input.Text", otherKey)))).ShouldContain("of another bank, or forged");
        (await Html(await anybody.PostForm("/audit/check", "check", ("Input.Text", "hello")))).ShouldContain("This is no receipt.");
        (await Html(await anybody.PostForm("/audit/check", "check"))).ShouldContain("Choose the receipt&#x27;s file, or paste its text");
        (await anybody.GetStringAsync($"/audit/check?event={leaf!.Event}&leaf=nonsense")).ShouldContain("The bank&#x27;s log does not hold it");
    }

    [Fact]
    public async Task The_desk_gives_the_receipt_of_a_visit_at_its_branch_and_nobody_gives_anothers()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var visit = await Visit(hire);
        await Sequence();
        using var desk = await world.SignIn(Bank.Custodian);
        (await desk.GetAsync($"/desk/visits/{visit}/receipt")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await desk.GetStringAsync($"/desk/visits/{visit}")).ShouldContain($"/desk/visits/{visit}/receipt");
        using var stranger = await world.SignIn(await Bank.OpenAccess(other, $"stranger{other.Number}"));
        (await stranger.GetAsync($"/account/visits/{visit}/receipt")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await stranger.GetAsync("/audit")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_auditor_finds_an_event_by_locker_officer_kind_and_day_and_sees_its_proof()
    {
        var hire = await world.NewHire();
        await Visit(hire);
        await Sequence();
        using var auditor = await world.SignIn(Bank.Auditor);

        var found = await auditor.GetStringAsync($"/audit?kind=access.locker-opened&locker={hire.Number}&from=2026-11-23&to=2026-11-23");
        Rows(found).ShouldBe(1);
        found.ShouldContain("Locker opened, hirer left alone");
        Rows(await auditor.GetStringAsync($"/audit?kind=access.locker-opened&locker={hire.Number}&to=2026-11-22")).ShouldBe(0);
        Rows(await auditor.GetStringAsync($"/audit?person={hire.Hirer}&kind=access.admitted")).ShouldBeGreaterThan(0);
        Rows(await auditor.GetStringAsync($"/audit?person={Uri.EscapeDataString(hire.Name)}&locker={hire.Number}&kind=access.admitted")).ShouldBeGreaterThan(0);
        Rows(await auditor.GetStringAsync("/audit?person=Nobody+of+this+name")).ShouldBe(0);

        var page = await auditor.GetStringAsync(EventLink().Match(found).Groups[1].Value);
        page.ShouldContain("Place in the log");
        page.ShouldContain($">{hire.Name}</a>");
        page.ShouldContain($">{hire.Number}</a>");
        page.ShouldContain("bank.example/log");
        (await auditor.GetAsync(EventLink().Match(found).Groups[1].Value + "/receipt")).Content.Headers.ContentDisposition!.FileName.ShouldEndWith(".tlog-proof");
        (await auditor.GetStringAsync("/audit/csv?kind=access.locker-opened")).ShouldContain("Locker opened, hirer left alone");
    }

    [Fact]
    public async Task Older_events_are_one_link_away_and_none_is_shown_twice()
    {
        using var auditor = await world.SignIn(Bank.Auditor);
        var (seen, next) = (new List<string>(), "/audit");
        for (var pages = 0; next.Length > 0 && pages < 50; pages++)
        {
            var html = await auditor.GetStringAsync(next);
            seen.AddRange(EventLink().Matches(html).Select(match => match.Groups[1].Value));
            next = WebUtility.HtmlDecode(Older().Match(html).Groups[1].Value);
        }
        seen.Count.ShouldBe(seen.Distinct().Count());
        seen.Count.ShouldBeGreaterThan(ReadEvents.Size);
    }

    private async Task Sequence()
    {
        var sequencer = world.App.Services.GetRequiredService<Sequencer>();
        while (await sequencer.RunOnce(default) > 0)
        {
        }
    }

    private async Task<VisitId> Visit(Hire hire)
    {
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        return admission.Id;
    }

    private static async Task<string> Upload(HttpClient client, byte[] receipt)
    {
        var html = await client.GetStringAsync("/audit/check");
        using var content = new MultipartFormDataContent();
        foreach (Match hidden in Hidden().Matches(html)) content.Add(new StringContent(WebUtility.HtmlDecode(hidden.Groups[2].Value)), hidden.Groups[1].Value);
        content.Add(new ByteArrayContent(receipt), "Input.File", "visit.tlog-proof");
        return await Html(await client.PostAsync("/audit/check", content));
    }

    private static async Task<string> Html(HttpResponseMessage answer) => await answer.Content.ReadAsStringAsync();

    private static int Rows(string html) => EventLink().Count(html);

    [GeneratedRegex("href=\"(/audit/events/[0-9a-f-]{36})\"")]
    private static partial Regex EventLink();

    [GeneratedRegex("href=\"([^\"]*before=[^\"]*)\" rel=\"next\"")]
    private static partial Regex Older();

    [GeneratedRegex("/audit/check\\?event=[^\"]+")]
    private static partial Regex Link();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}

public sealed class ReceiptPagesOnSqlite(OpenDayWorld<Sqlite> world) : ReceiptPageTests<Sqlite>(world);

public sealed class ReceiptPagesOnPostgres(OpenDayWorld<Postgres> world) : ReceiptPageTests<Postgres>(world);

/// <summary>A manager reads what concerns their branch; an event of another branch, or of none, does not exist for them.</summary>
public abstract class LogScopeTests<TEngine>(TwoBranches<TEngine> world) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Happened = new("test.scoped", "Something happened somewhere");

    [Fact]
    public async Task A_manager_reads_the_events_of_their_branch_and_no_others()
    {
        var (here, there, nowhere) = (await Event(world.MgRoad), await Event(world.Fort), await Event(null));
        foreach (var (actor, seen) in new[] { (world.Manager, new[] { true, false, false }), (world.ManagerOfFort, [false, true, false]), (world.Auditor, [true, true, true]), (world.Clerk, [false, false, false]) })
        {
            for (var i = 0; i < 3; i++)
            {
                var id = new[] { here, there, nowhere }[i];
                (await world.By<ReadEvents, EventWhole?>(actor, read => read.One(id, default)) is not null).ShouldBe(seen[i], $"{actor.Name} {i}");
            }
            var listed = (await world.By<ReadEvents, EventPageful>(actor, read => read.Page(new(Happened.Name, null, null, null, null, null), null, 50, default))).Lines.Select(line => line.Id).ToList();
            listed.Intersect([here, there, nowhere]).Count().ShouldBe(seen.Count(yes => yes), actor.Name);
        }
    }

    [Fact]
    public async Task When_the_log_is_late_every_auditor_and_every_manager_is_told()
    {
        await world.App.Services.GetRequiredService<Sequencer>().RunOnce(default);
        await Event(null);
        world.Clock.Advance(TimeSpan.FromSeconds(90));
        await world.In(async services =>
        {
            await Alarms.Watch(services.GetRequiredService<Strongroom.Data.StrongroomDb>(), world.Act(services), default);
            return 0;
        });
        foreach (var (actor, told) in new[] { (world.Manager, true), (world.ManagerOfFort, true), (world.Auditor, true), (world.Clerk, false), (world.Custodian, false) })
        {
            var notices = await world.By<Strongroom.Modules.Contact.Notices.ReadNotices, IReadOnlyList<Strongroom.Modules.Contact.Notices.NoticeLine>>(actor, read => read.Mine(default));
            notices.Any(line => line.Kind == Strongroom.Modules.Contact.Notices.NoticeKind.LogAlarm).ShouldBe(told, actor.Name);
        }
    }

    private Task<EventId> Event(BranchId? branch) => world.In(async services =>
    {
        var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
        var id = db.Append(world.Act(services), new Event(Happened).About(branch));
        await db.SaveChangesAsync();
        return id;
    });
}

public sealed class LogScopeOnSqlite(TwoBranches<Sqlite> world) : LogScopeTests<Sqlite>(world);

public sealed class LogScopeOnPostgres(TwoBranches<Postgres> world) : LogScopeTests<Postgres>(world);
