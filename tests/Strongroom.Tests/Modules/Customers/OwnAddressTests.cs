using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Verifying;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

/// <summary>People who change on their own page where the bank writes to them: the new address proves itself, and the old one has its say.</summary>
public abstract partial class OwnAddressTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_address_takes_the_place_of_another_when_both_codes_have_come_back()
    {
        var (person, me, old) = await Somebody("moves@example.in");
        var asked = (await Ask(me, person, "Moved@Example.in", old).Fine()).Id;
        (await Messages(person, "address-asked")).ShouldBe(["m…@example.in"]);
        (await InUse(person)).ShouldBe([old]);

        (await Enter(me, person, asked, await NewCode(me, person, asked)).Fine()).Verified.ShouldBeTrue();
        (await InUse(person)).ShouldBe([old], "the old one has not agreed");
        (await Enter(me, person, old, await NewCode(me, person, old)).Fine()).Verified.ShouldBeTrue();

        (await InUse(person)).ShouldBe([asked]);
        (await Messages(person, "address-changed")).Count.ShouldBe(1, "the old address hears of it a last time");
        var story = await bank.Timeline(person);
        foreach (var happened in new[] { "customers.channel-asked", "customers.channel-agreed", "customers.channel-removed" }) story.ShouldContain(happened);
    }

    [Fact]
    public async Task One_more_address_is_used_for_nothing_until_its_code_has_come_back_and_the_others_are_told()
    {
        var (person, me, old) = await Somebody("first@example.in");
        var asked = (await Ask(me, person, "second@example.in", null).Fine()).Id;
        (await InUse(person)).ShouldBe([old]);
        (await bank.By(bank.Clerk, (ReadPeople read) => read.ReachedAt("second@example.in", default)))!.ShouldBeEmpty();

        (await Enter(me, person, asked, await NewCode(me, person, asked)).Fine()).Verified.ShouldBeTrue();

        (await InUse(person)).ShouldBe([old, asked], ignoreOrder: true);
        (await Messages(person, "address-asked")).Count.ShouldBe(1);
        (await Messages(person, "address-changed")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_mobile_number_comes_to_be_used_as_an_address_does_and_hears_of_the_next_change()
    {
        var (person, me, _) = await Somebody("dials@example.in");
        var number = (await bank.By(me, (AskOwnAddress ask) => ask.Handle(person, new(ChannelKind.Mobile, "+919820012345", null), default)).Fine()).Id;
        (await InUse(person)).ShouldNotContain(number);
        (await Enter(me, person, number, await NewCode(me, person, number)).Fine()).Verified.ShouldBeTrue();
        (await InUse(person)).ShouldContain(number);

        await Ask(me, person, "dials.more@example.in", null).Fine();
        (await Messages(person, "address-asked")).ShouldContain(masked => masked.StartsWith('+'));
    }

    [Fact]
    public async Task Nobody_else_asks_and_what_cannot_be_is_refused()
    {
        var (person, me, old) = await Somebody("mine@example.in");
        var (other, _, others) = await Somebody("theirs@example.in");

        await Ask(me, other, "x@example.in", null).RefusedWith(404, "not-found");
        await Ask(bank.Clerk, person, "x@example.in", null).RefusedWith(404, "not-found");
        await Ask(me, person, "x@example.in", others).RefusedWith(404, "not-found");
        await Ask(me, person, "no address", null).RefusedWith(422, "customers.email-not-understood");
        await Ask(me, person, "mine@EXAMPLE.in", old).RefusedWith(409, "customers.channel-already-there");
        (await InUse(person)).ShouldBe([old]);
    }

    [Fact]
    public async Task Whoever_sits_at_a_screen_that_proved_itself_ten_minutes_ago_proves_anew_first()
    {
        var (person, me, old) = await Somebody("stays@example.in");
        var invitation = await bank.In(services => services.GetRequiredService<Write>().Do("test.invite", "",
            act => ActivationContract.Invite(services.GetRequiredService<StrongroomDb>(), act, person, "stays.put", default), default));
        var session = await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var user = await db.Set<User>().SingleAsync(row => row.Id == invitation.Value!.User.Value);
            var begun = await services.GetRequiredService<Write>().Do<SessionBegun>("test.session", "", async act => await BeginSession.Of(db, act, user, Means.PasswordAndCode, enrolling: false, http: null, default), default);
            return new SessionId(Ticket.Parse(begun.Value!.Cookie)!.Value.Id);
        });
        bank.Clock.Advance(TimeSpan.FromMinutes(10));

        await Ask(me with { Session = session }, person, "thief@example.in", old).RefusedWith(403, "sign-in.not-fresh");

        (await Messages(person, "address-asked")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_asked_for_and_not_confirmed_within_a_day_is_over()
    {
        var (person, me, old) = await Somebody("slow@example.in");
        var asked = (await Ask(me, person, "slower@example.in", old).Fine()).Id;
        var again = (await Ask(me, person, "slowest@example.in", old).Fine()).Id;
        (await bank.By(me, (ReadChannel read) => read.All(person, default))).Select(line => line.Id).ShouldBe([old, again], ignoreOrder: true);
        await Send(me, person, asked).RefusedWith(404, "not-found");

        bank.Clock.Advance(OwnAddressChange.Life);

        await Send(me, person, again).RefusedWith(409, "customers.asked-too-long-ago");
        (await bank.By(me, (ReadChannel read) => read.All(person, default))).ShouldHaveSingleItem().ChangeWaits.ShouldBeFalse();
    }

    [Fact]
    public async Task A_person_chooses_the_language_that_we_write_in()
    {
        var (person, me, _) = await Somebody("speaks@example.in");
        var (other, _, _) = await Somebody("silent@example.in");

        await bank.By(me, (ChooseLanguage choose) => choose.Handle(person, new("hi"), default)).Fine();
        await bank.By(me, (ChooseLanguage choose) => choose.Handle(other, new("hi"), default)).RefusedWith(404, "not-found");

        (await bank.Read(db => db.PersonFacts().Where(row => row.Id == person).Select(row => row.Language).SingleAsync())).ShouldBe("hi");
        (await bank.Timeline(person)).ShouldContain("customers.language-chosen");
    }

    private async Task<(PersonId, Actor, ChannelId)> Somebody(string email)
    {
        var person = await bank.Person($"Reads {email}", email: email);
        var channel = await bank.Read(db => db.ChannelFacts().Where(row => row.Person == person).Select(row => row.Id).SingleAsync());
        return (person, bank.Clerk with { Person = person, User = person.Value, Grants = [] }, channel);
    }

    private Task<Outcome<ChannelAdded>> Ask(Actor actor, PersonId person, string address, ChannelId? replaces) =>
        bank.By(actor, (AskOwnAddress ask) => ask.Handle(person, new(ChannelKind.Email, address, replaces), default));

    private Task<Outcome<ChannelCodeSent>> Send(Actor actor, PersonId person, ChannelId channel) => bank.By(actor, (SendChannelCode send) => send.Handle(person, channel, default));

    private Task<Outcome<ChannelChecked>> Enter(Actor actor, PersonId person, ChannelId channel, string code) => bank.By(actor, (CheckChannelCode check) => check.Handle(person, channel, new(code), default));

    private Task<List<ChannelId>> InUse(PersonId person) => bank.Read(db => db.ChannelFacts().Where(row => row.Person == person).Select(row => row.Id).ToListAsync());

    private Task<List<string>> Messages(PersonId person, string purpose) =>
        bank.Read(db => db.Set<Message>().Where(row => row.To == person && row.Purpose == purpose).Select(row => row.Masked).ToListAsync());

    private async Task<string> NewCode(Actor me, PersonId person, ChannelId channel)
    {
        bank.Clock.Advance(TimeSpan.FromSeconds(1));
        await Send(me, person, channel).Fine();
        return await bank.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var message = await db.Set<Message>().OrderByDescending(row => row.MadeAt).FirstAsync(row => row.To == person && row.Purpose == "channel-code");
            var key = await services.GetRequiredService<Seals>().KeyOf(db, person, default);
            return SixDigits().Match(key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body)).Value;
        });
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}

public sealed class Own_address_on_sqlite(TwoBranches<Sqlite> bank) : OwnAddressTests<Sqlite>(bank);

public sealed class Own_address_on_postgres(TwoBranches<Postgres> bank) : OwnAddressTests<Postgres>(bank);
