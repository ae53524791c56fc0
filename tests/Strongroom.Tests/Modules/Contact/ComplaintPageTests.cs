using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

/// <summary>The page behind the link of an alert, as whoever got the message sees it: signed in nowhere.</summary>
public abstract class ComplaintPageTests<TEngine>(AlertWorld<TEngine> bank) : IClassFixture<AlertWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_link_in_the_message_opens_a_complaint_by_one_press_and_shows_its_number_ever_after()
    {
        var (visit, hirer) = await bank.Opened("Canary Kumari");
        var path = await LinkIn(hirer);
        using var browser = bank.Client();

        var page = await browser.GetStringAsync(path);
        page.ShouldContain("Open a complaint");
        page.ShouldNotContain("Canary");
        (await browser.PostForm(path, "complain")).Leads().ShouldBe(path);

        var number = (await bank.Read(db => db.Set<Complaint>().SingleAsync(row => row.By == hirer))).Number;
        var after = await browser.GetStringAsync(path);
        after.ShouldContain($"Its number is {number}");
        after.ShouldNotContain("Canary");
        (await bank.Read(db => db.Set<Complaint>().CountAsync(row => row.By == hirer))).ShouldBe(1);
        (await bank.Obligation(visit)).ShouldNotBeNull();
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_makes_one_complaint()
    {
        var (_, hirer) = await bank.Opened("Presses Twice");
        var path = await LinkIn(hirer);
        using var browser = bank.Client();
        var html = await browser.GetStringAsync(path);

        await browser.PostFormIn(html, path, "complain");
        (await browser.PostFormIn(html, path, "complain")).Leads().ShouldBe(path);

        (await bank.Read(db => db.Set<Complaint>().CountAsync(row => row.By == hirer))).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_an_expired_and_a_foreign_form_open_nothing()
    {
        var (_, hirer) = await bank.Opened("Comes Late");
        var path = await LinkIn(hirer);
        using var browser = bank.Client();
        var html = await browser.GetStringAsync(path);

        foreach (var wrong in new[] { path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), "/complaint/x", path + "AA" })
        {
            var answer = await browser.GetAsync(wrong);
            answer.StatusCode.ShouldBe(HttpStatusCode.Gone);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("counts no more");
        }
        using var bare = new FormUrlEncodedContent([KeyValuePair.Create("_handler", "complain")]);
        (await browser.PostAsync(path, bare)).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without the page's own token");

        bank.Clock.Advance(TimeSpan.FromDays(181));
        (await browser.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Gone);
        (await bank.Read(db => db.Set<Complaint>().AnyAsync(row => row.By == hirer))).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_tries_many_wrong_addresses_is_asked_to_wait_and_then_served_again()
    {
        var (_, hirer) = await bank.Opened("Waits A While");
        var path = await LinkIn(hirer);
        // After the wrong ones of the other tests.
        bank.Clock.Advance(TimeSpan.FromMinutes(11));
        using var browser = bank.Client();

        for (var at = 0; at < 20; at++) (await browser.GetAsync($"/complaint/wrong{at}")).StatusCode.ShouldBe(HttpStatusCode.Gone);
        var limited = await browser.GetAsync(path);
        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await limited.Content.ReadAsStringAsync()).ShouldContain("Wait ten minutes");

        bank.Clock.Advance(TimeSpan.FromMinutes(10));
        (await browser.GetStringAsync(path)).ShouldContain("Open a complaint");
    }

    /// <summary>As it stands in the text that was queued for the hirer.</summary>
    private Task<string> LinkIn(PersonId hirer) => bank.In(async services =>
    {
        var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
        var key = await services.GetRequiredService<Seals>().KeyOf(db, hirer, default);
        var message = await db.Set<Message>().SingleAsync(row => row.To == hirer && row.Medium == MessageMedium.Email);
        var text = key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body);
        return new Uri(text.Split('\n').Single(line => line.Contains("/complaint/", StringComparison.Ordinal)).Trim()).AbsolutePath;
    });
}

public sealed class ComplaintPage_on_sqlite(AlertWorld<Sqlite> bank) : ComplaintPageTests<Sqlite>(bank);

public sealed class ComplaintPage_on_postgres(AlertWorld<Postgres> bank) : ComplaintPageTests<Postgres>(bank);
