using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

public abstract class NoticeStreamTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task An_open_page_hears_of_a_new_notice_and_of_nothing_else()
    {
        using var desk = await world.SignIn(Bank.Manager);
        using var response = await desk.GetAsync("/notices/stream", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        (await Data(lines)).ShouldBe("data: 0");

        await Notify(Bank.Custodian.Person);
        await Notify(Bank.Manager.Person);

        (await Data(lines)).ShouldBe("data: 1", "the custodian's notice is not the manager's");
        (await desk.GetStringAsync("/desk/notices")).ShouldContain("I have read these");
        (await desk.PostForm("/desk/notices", "read")).Leads().ShouldBe("/desk/notices");
        (await Data(lines)).ShouldBe("data: 0");
    }

    [Fact]
    public async Task Nobody_hears_without_signing_in()
    {
        using var browser = world.Client();
        (await browser.GetAsync("/notices/stream")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task An_administrator_sees_each_text_and_sends_a_trial_to_no_one_but_themselves()
    {
        using var office = await world.SignIn(Bank.Admin);
        var page = WebUtility.HtmlDecode(await office.GetStringAsync("/office/templates?language=hi"));
        page.ShouldContain("आपका लॉकर A-12");
        page.ShouldContain("SMS, in ");

        var asked = new TestSendRequest(Templates.VisitAlert, MessageMedium.Email, "hi");
        var before = await Trials();
        var outcome = await world.Lab.As(Bank.Admin.Person, services => services.GetRequiredService<TestSend>().Handle(asked, default));
        if (outcome.Refused(out var refusal, out var sent)) refusal.Code.ShouldBe("contact.nothing-reaches-you");
        else (sent.Parts, await Trials()).ShouldBe((1, before + 1));
        (await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<TestSend>().Handle(asked, default))).Refusal!.Status.ShouldBe(403);
        (await world.Lab.As(Bank.Admin.Person, services => services.GetRequiredService<TestSend>().Handle(asked with { Medium = MessageMedium.Letter }, default))).Refusal!.Status.ShouldBe(404);
    }

    private Task<int> Trials() => world.Read(db => db.Set<Message>().CountAsync(row => row.To == Bank.Admin.Person && row.Purpose == "test-send"));

    private Task<Outcome<Done>> Notify(PersonId person) => world.Lab.As(null, services => services.GetRequiredService<Write>().Do<Done>("test.notify", "", act =>
    {
        services.GetRequiredService<StrongroomDb>().Notify(act, person, NoticeKind.DoorFoundOpen, Subject.Of(person));
        return Task.FromResult<Outcome<Done>>(Done.It);
    }, default));

    private static async Task<string> Data(StreamReader lines)
    {
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal)) return line;
        throw new EndOfStreamException("The stream ended.");
    }
}

public sealed class Notice_stream_on_sqlite(BankWorld<Sqlite> world) : NoticeStreamTests<Sqlite>(world);

public sealed class Notice_stream_on_postgres(BankWorld<Postgres> world) : NoticeStreamTests<Postgres>(world);
