using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Delivery.Letters;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

public abstract class WholeAlertTests<TEngine>(AlertWorld<TEngine> bank) : IClassFixture<AlertWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_hirer_with_both_is_told_by_e_mail_and_SMS_and_either_is_enough()
    {
        var (visit, hirer) = await bank.Opened("Both Ways", mobile: "+91 98765 43201");

        var messages = await Messages(hirer);
        messages.Select(message => message.Medium).ShouldBe([MessageMedium.Email, MessageMedium.Sms], ignoreOrder: true);
        await bank.Relay();

        (await bank.Obligation(visit)).State.ShouldBe(ObligationState.Met);
        (await bank.Timeline(visit)).Count(kind => kind == "contact.told").ShouldBe(1, "the second message tells nobody anew");
    }

    [Fact]
    public async Task A_joint_hirer_without_a_channel_is_told_by_way_of_the_first_who_has_one()
    {
        var (visit, first) = await bank.Opened("Has Channel");
        var other = await bank.Person("No Channel", email: null);
        var agreement = (await bank.Obligation(visit)).Agreement;
        await bank.Add(_ => [new AgreementParty { Agreement = agreement, Person = other, Role = Strongroom.Modules.Agreements.Contracts.PartyRole.Hirer, Position = 2 }]);

        var second = await bank.Open(agreement, bank.Lockers[1], other);
        (await Text(first, second)).ShouldContain("This is also for No Channel");
        await bank.Relay();

        var met = await bank.Obligation(second);
        (met.State, met.Addressees, met.Told).ShouldBe((ObligationState.Met, 2, 2));
    }

    [Fact]
    public async Task Where_nobody_has_a_channel_one_letter_a_day_tells_and_posting_it_meets_all_of_that_day()
    {
        var (before, first) = await bank.Opened("Only Post", email: null);
        await GiveHome(first, "12 Temple Street\nBengaluru 560001");
        var agreement = (await bank.Obligation(before)).Agreement;

        var (one, two) = (await bank.Open(agreement, bank.Lockers[2], first), await bank.Open(agreement, bank.Lockers[2], first));
        var letter = (await Messages(first)).ShouldHaveSingleItem();
        (letter.Medium, letter.State).ShouldBe((MessageMedium.Letter, MessageState.ToPost));
        (await bank.By(bank.Manager, (ReadLetters read) => read.Board(default))).ToPost.ShouldContain(line => line.Id == letter.Id);
        var pdf = await bank.By(bank.Manager, (PrintLetter print) => print.Handle(letter.Id, default)).Fine();
        System.Text.Encoding.ASCII.GetString(pdf.Pdf, 0, 5).ShouldBe("%PDF-");
        await bank.By(bank.ManagerOfFort, (PrintLetter print) => print.Handle(letter.Id, default)).RefusedWith(404, "not-found");
        await bank.By(bank.Manager, (ReturnLetter back) => back.Handle(letter.Id, default)).RefusedWith(409, "delivery.letter-not-posted");

        await bank.By(bank.Manager, (PostLetter post) => post.Handle(letter.Id, new("RK 123 456"), default)).Fine();
        (await bank.Obligation(one)).State.ShouldBe(ObligationState.Met);
        (await bank.Obligation(two)).State.ShouldBe(ObligationState.Met);
        await bank.By(bank.Manager, (PostLetter post) => post.Handle(letter.Id, new("RK 123 456"), default)).RefusedWith(409, "delivery.letter-posted-already");

        // One a day: what happens after it was posted waits for tomorrow's letter.
        await bank.Open(agreement, bank.Lockers[2], first);
        var tomorrow = (await Messages(first)).Single(message => message.State == MessageState.ToPost);
        await bank.By(bank.Manager, (PostLetter post) => post.Handle(tomorrow.Id, new("RK 123 457"), default)).RefusedWith(409, "delivery.letter-not-yet");
        (await bank.By(bank.Manager, (ReadLetters read) => read.Board(default))).ToPost.ShouldNotContain(line => line.Id == tomorrow.Id);

        await bank.By(bank.Manager, (ReturnLetter back) => back.Handle(letter.Id, default)).Fine();
        (await bank.Timeline(letter.Id)).ShouldBe(["delivery.printed", "refused", "delivery.posted", "contact.told", "contact.told", "refused", "delivery.returned"], ignoreOrder: true);
    }

    [Fact]
    public async Task When_the_last_channel_fails_for_good_a_letter_is_written()
    {
        var person = await bank.Opened("Dead Mailbox");
        await GiveHome(person.Hirer, "7 Mill Road");
        var message = (await Messages(person.Hirer)).Single();

        await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = bank.Act(services);
            var row = await db.Set<Message>().SingleAsync(it => it.Id == message.Id);
            row.State = MessageState.Failed;
            await act.Raise(db, new MessageFailed(row.Id, row.Purpose, row.Reference, row.To, "550"), default);
            db.Append(act, new Event(new AuditKind("test.failed", "Failed")).About(row.To));
            return await db.SaveChangesAsync();
        });

        (await Messages(person.Hirer)).Count(it => it.Medium == MessageMedium.Letter).ShouldBe(1);
    }

    [Fact]
    public async Task Of_a_door_found_open_the_hirer_is_told_at_once_by_day_and_night()
    {
        var (visit, hirer) = await bank.Opened("Door Open");
        var agreement = (await bank.Obligation(visit)).Agreement;
        var occurrence = Guid.Parse("019a0000-0000-7000-8000-000000000001");

        await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = bank.Act(services);
            await services.GetRequiredService<AlertHirers>().OnDoorFound(db, act, new(new(occurrence), bank.MgRoad, agreement, bank.Lockers[1], act.Now), default);
            return await db.SaveChangesAsync();
        });

        var raised = await bank.Read(db => db.ObligationFacts().SingleAsync(row => row.Reference == occurrence));
        (raised.Kind, raised.Visit, raised.DueAt - raised.RaisedAt).ShouldBe((ObligationKind.DoorFoundOpen, null, TimeSpan.FromMinutes(15)));
        (await Messages(hirer)).Single(message => message.Purpose == "door-alert").NextAttemptAt.ShouldBe(raised.RaisedAt);
        await bank.Relay();
        (await bank.Read(db => db.ObligationFacts().SingleAsync(row => row.Reference == occurrence))).State.ShouldBe(ObligationState.Met);
    }

    private Task GiveHome(PersonId person, string home) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = bank.Act(services);
        var row = await db.Set<Person>().SingleAsync(it => it.Id == person);
        row.Address = (await act.Seals.KeyOf(db, person, default)).Seal("person.address", person.Value, home);
        db.Append(act, new Event(new AuditKind("test.moved", "Moved")).About(person));
        return await db.SaveChangesAsync();
    });

    private Task<List<Message>> Messages(PersonId to) => bank.Read(db => db.Set<Message>().AsNoTracking().Where(row => row.To == to).OrderBy(row => row.MadeAt).ToListAsync());

    private Task<string> Text(PersonId to, VisitId visit) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var obligation = await db.ObligationFacts().SingleAsync(row => row.Visit == visit);
        var message = await db.Set<Message>().AsNoTracking().SingleAsync(row => row.To == to && row.Reference == obligation.Id.Value);
        return (await services.GetRequiredService<Seals>().KeyOf(db, to, default)).Open("message.body", message.Id.Value, message.Body);
    });
}

public sealed class Whole_alert_on_sqlite(AlertWorld<Sqlite> bank) : WholeAlertTests<Sqlite>(bank);

public sealed class Whole_alert_on_postgres(AlertWorld<Postgres> bank) : WholeAlertTests<Postgres>(bank);

public sealed class ContactPolicyTests
{
    private static readonly ContactPolicy Policy = new() { QuietFrom = 21, QuietUntil = 8 };

    [Theory]
    [InlineData("2026-11-23T03:30", null)]                    // 09:00 in India
    [InlineData("2026-11-23T15:29", null)]                    // 20:59
    [InlineData("2026-11-23T15:30", "2026-11-24T02:30")]      // 21:00: until 08:00 of the next day
    [InlineData("2026-11-23T20:00", "2026-11-24T02:30")]      // 01:30
    [InlineData("2026-11-24T02:30", null)]                    // 08:00
    public void By_night_what_can_wait_waits_until_the_morning(string now, string? until) =>
        Policy.NotBefore(At(now), null, "Asia/Kolkata").ShouldBe(until is null ? null : At(until));

    [Fact]
    public void The_law_s_deadline_stands_before_sleep() =>
        Policy.NotBefore(At("2026-11-23T15:30"), At("2026-11-23T18:00"), "Asia/Kolkata").ShouldBeNull();

    private static DateTime At(string text) => DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);
}

public sealed class TemplateTests
{
    [Fact]
    public void Every_text_stands_in_English_and_Hindi_and_leaves_no_blank()
    {
        Templates.Languages.ShouldBe(["en", "hi"]);
        foreach (var language in Templates.Languages)
        {
            foreach (var text in Templates.Of(language).Where(text => text.Medium is not null))
            {
                var (subject, body) = Templates.Write(text.Kind, text.Medium!.Value, language, TestSend.Sample(new(2026, 11, 23, 3, 30, 0, DateTimeKind.Utc)));
                (subject + body).ShouldNotContain("{");
                if (text.Medium == MessageMedium.Sms) SmsText.Parts(body).ShouldBeLessThanOrEqualTo(language == "en" ? 2 : 4, $"{language}: {body}");
            }
        }
    }

    [Fact]
    public void A_language_that_is_not_here_is_answered_in_English() =>
        Templates.Write(Templates.SignInActivated, MessageMedium.Email, "fr", TestSend.Sample(default)).Subject.ShouldBe("Your sign-in was activated");

    [Fact]
    public void A_name_with_braces_is_only_a_name() =>
        Templates.Write(Templates.VisitAlert, MessageMedium.Email, "en", TestSend.Sample(default) with { Addressee = "{complaint}" }).Body.ShouldStartWith("Dear {complaint},");
}
