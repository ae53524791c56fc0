using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

public abstract class ComplaintTests<TEngine>(AlertWorld<TEngine> bank) : IClassFixture<AlertWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_link_in_an_alert_opens_a_complaint_with_a_number_at_once()
    {
        var (visit, hirer) = await bank.Opened("Complains Once", mobile: "+91 98765 43299");
        var path = await Path(visit);

        using var browser = bank.Client();
        (await browser.GetStringAsync(path)).ShouldContain("Open a complaint");
        var opened = await Open(path);
        opened.Number.ShouldMatch(@"^C-20\d\d-\d{6}$");
        (await Open(path)).ShouldBe(opened, "asked twice it is the same complaint");

        (await browser.GetStringAsync(path)).ShouldContain(opened.Number);
        var waiting = (await bank.By(bank.Manager, (ReadComplaints read) => read.Open(bank.MgRoad, default))).Single(line => line.Number == opened.Number);
        (waiting.By, waiting.ByName).ShouldBe((hirer, "Complains Once"));
        (await bank.Read(db => db.Set<Message>().Where(row => row.To == hirer && row.Purpose == "complaint-received").Select(row => row.Medium).ToListAsync()))
            .ShouldBe([MessageMedium.Email, MessageMedium.Sms], ignoreOrder: true);
        (await bank.Timeline(waiting.Id)).ShouldBe(["contact.complaint-opened"]);
        (await bank.By(bank.Manager, (ReadNotices read) => read.Mine(default))).ShouldContain(notice => notice.Number == opened.Number && notice.Unread);
    }

    [Fact]
    public async Task A_manager_sees_to_it_once_and_the_hirer_reads_so()
    {
        var (visit, hirer) = await bank.Opened("Is Heard");
        var number = (await Open(await Path(visit))).Number;
        var complaint = (await bank.By(bank.Manager, (ReadComplaints read) => read.Open(null, default))).Single(line => line.Number == number);

        await bank.By(bank.ManagerOfFort, (SeeToComplaint see) => see.Handle(complaint.Id, default)).RefusedWith(404, "not-found");
        await bank.By(bank.Clerk, (SeeToComplaint see) => see.Handle(complaint.Id, default)).RefusedWith(404, "not-found");
        await bank.By(bank.Manager, (SeeToComplaint see) => see.Handle(complaint.Id, default)).Fine();
        await bank.By(bank.Manager, (SeeToComplaint see) => see.Handle(complaint.Id, default)).RefusedWith(409, "contact.complaint-seen-already");

        (await bank.By(bank.Manager, (ReadComplaints read) => read.Open(null, default))).ShouldNotContain(line => line.Number == number);
        var me = bank.Clerk with { Person = hirer, User = hirer.Value, Grants = [] };
        (await bank.By(me, (ReadNotices read) => read.Mine(default))).Select(notice => notice.Kind).ShouldBe([NoticeKind.ComplaintSeen, NoticeKind.LockerOpened], ignoreOrder: true);
        (await bank.By(me, (NoticeCount count) => count.Unread(default))).ShouldBe(2);
        await bank.By(me, (MarkNoticesRead mark) => mark.Handle(default)).Fine();
        (await bank.By(me, (NoticeCount count) => count.Unread(default))).ShouldBe(0);
    }

    [Fact]
    public async Task Who_complained_does_not_see_to_it()
    {
        var (visit, hirer) = await bank.Opened("Sees To Nothing");
        var number = (await Open(await Path(visit))).Number;
        var complaint = (await bank.By(bank.Manager, (ReadComplaints read) => read.Open(null, default))).Single(line => line.Number == number);

        await bank.By(bank.Manager with { Person = hirer, User = hirer.Value }, (SeeToComplaint see) => see.Handle(complaint.Id, default)).RefusedWith(403, "contact.complaint-is-your-own");
    }

    [Fact]
    public async Task A_link_that_we_did_not_make_or_that_is_too_old_opens_nothing()
    {
        var (visit, _) = await bank.Opened("Too Late");
        var path = await Path(visit);
        var token = path.Split('/')[^1];
        var forged = (token[0] == 'A' ? 'B' : 'A') + token[1..];

        foreach (var wrong in new[] { forged, "x", token + "AA", new string('A', 36) })
            await bank.In(services => services.GetRequiredService<OpenComplaint>().Handle(wrong, default), Actor.Nobody(null)).RefusedWith(404, "contact.link-counts-no-more");

        bank.Clock.Advance(TimeSpan.FromDays(181));
        await bank.In(services => services.GetRequiredService<OpenComplaint>().Handle(token, default), Actor.Nobody(null)).RefusedWith(404, "contact.link-counts-no-more");
    }

    private Task<ComplaintOpened> Open(string path) =>
        bank.In(services => services.GetRequiredService<OpenComplaint>().Handle(path.Split('/')[^1], default), Actor.Nobody(null)).Fine();

    private async Task<string> Path(VisitId visit) => ComplaintLink.Path(bank.App.Services.GetRequiredService<Seals>(), (await bank.Obligation(visit)).Id, 1);
}

public sealed class Complaint_on_sqlite(AlertWorld<Sqlite> bank) : ComplaintTests<Sqlite>(bank);

public sealed class Complaint_on_postgres(AlertWorld<Postgres> bank) : ComplaintTests<Postgres>(bank);
