using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Consents;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Verifying;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

/// <summary>What only the person can say: that a mailbox is theirs, and what they agree to.</summary>
public abstract partial class OwnWordTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_code_that_came_back_verifies_the_address_and_a_wrong_one_is_counted()
    {
        var person = await bank.Person("Reads Mail");
        var channel = await ChannelOf(person, ChannelKind.Email);
        await Enter(bank.Clerk, person, channel, "123456").RefusedWith(409, "customers.no-code-to-check");
        await Send(bank.Clerk, person, channel).Fine();
        await Send(bank.Clerk, person, channel).RefusedWith(429, "customers.code-just-sent");
        var code = await CodeTo(person);

        (await Enter(bank.Clerk, person, channel, code == "000000" ? "000001" : "000000").Fine()).ShouldBe(new ChannelChecked(false, 4));
        (await Enter(bank.Clerk, person, channel, $"{code[..3]} {code[3..]}").Fine()).Verified.ShouldBeTrue();

        (await bank.By(bank.Clerk, (ReadPeople read) => read.One(person, default)))!.Channels.ShouldHaveSingleItem().VerifiedAt.ShouldNotBeNull();
        await Send(bank.Clerk, person, channel).RefusedWith(409, "customers.verified-already");
        (await bank.Timeline(person)).ShouldContain("customers.channel-verified");
    }

    [Fact]
    public async Task Five_wrong_codes_or_half_an_hour_end_a_code()
    {
        var person = await bank.Person("Guesses");
        var channel = await ChannelOf(person, ChannelKind.Email);
        await Send(bank.Clerk, person, channel).Fine();
        var code = await CodeTo(person);
        for (var i = 0; i < ChannelCheck.MostTries; i++) (await Enter(bank.Clerk, person, channel, "x").Fine()).Verified.ShouldBeFalse();

        await Enter(bank.Clerk, person, channel, code).RefusedWith(409, "customers.no-code-to-check");
        var late = new ChannelCheck { Id = default, Channel = channel, Code = default!, SentAt = bank.Clock.UtcNow() };
        (late.OpenAt(late.SentAt + ChannelCheck.Life - TimeSpan.FromSeconds(1)), late.OpenAt(late.SentAt + ChannelCheck.Life)).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_person_verifies_their_own_address_and_nobody_elses()
    {
        var (person, other) = (await bank.Person("Own Page"), await bank.Person("Other Page"));
        var (mine, theirs) = (await ChannelOf(person, ChannelKind.Email), await ChannelOf(other, ChannelKind.Email));
        var me = bank.Clerk with { Person = person, User = person.Value, Grants = [] };

        await Send(me, other, theirs).RefusedWith(404, "not-found");
        await Send(me, person, theirs).RefusedWith(404, "not-found");
        await Enter(me, other, theirs, "123456").RefusedWith(404, "not-found");
        await Send(me, person, mine).Fine();
        (await Enter(me, person, mine, await CodeTo(person)).Fine()).Verified.ShouldBeTrue();
    }

    [Fact]
    public async Task A_mobile_number_is_verified_by_a_code_in_one_SMS()
    {
        var person = await bank.Person("Has Mobile", email: null, mobile: "+91 98765 43210");
        var mobile = await ChannelOf(person, ChannelKind.Mobile);

        await Send(bank.Clerk, person, mobile).Fine();

        (await bank.Read(db => db.Set<Message>().SingleAsync(row => row.To == person))).Medium.ShouldBe(MessageMedium.Sms);
        (await Enter(bank.Clerk, person, mobile, await CodeTo(person)).Fine()).Verified.ShouldBeTrue();
    }

    [Theory]
    [InlineData("12345", "it is too short")]
    [InlineData("+91 98765 43210 98765", "it is too long")]
    [InlineData("+999 12345678", "its country code is none")]
    [InlineData("022 2266 0502", "it is the number of a fixed line or a service")]
    [InlineData("call me", "it is no telephone number")]
    public void A_number_that_is_refused_is_told_why(string typed, string why) =>
        ChannelAddress.Parse(ChannelKind.Mobile, typed, "IN").Refusal.ShouldBe(new MobileNotUnderstood(why));

    [Fact]
    public async Task Consent_is_given_and_withdrawn_by_the_same_act()
    {
        var (person, other) = (await bank.Person("Agrees"), await bank.Person("Another"));
        var me = bank.Clerk with { Person = person, User = person.Value, Grants = [] };
        Task<Outcome<Done>> Say(Actor actor, PersonId who, bool given, ConsentWay? way) =>
            bank.By(actor, (SayConsent say) => say.Handle(who, new(ConsentPurpose.Biometrics, given, way), default));

        await Say(bank.Clerk, person, true, null).RefusedWith(422, "customers.how-was-it-said");
        await Say(bank.Clerk, person, true, ConsentWay.Online).RefusedWith(422, "customers.how-was-it-said");
        await Say(bank.Clerk, person, false, ConsentWay.InPerson).RefusedWith(409, "customers.consent-is-so");
        await Say(me, other, true, null).RefusedWith(404, "not-found");
        await Say(bank.Clerk, person, true, ConsentWay.InPerson).Fine();
        (await bank.Read(db => db.ConsentFacts().SingleAsync(row => row.Person == person))).GivenBy.ShouldBe(ConsentWay.InPerson);
        await Say(me, person, false, null).Fine();

        (await bank.Read(db => db.ConsentFacts().AnyAsync(row => row.Person == person))).ShouldBeFalse();
        (await bank.Read(db => db.Set<Consent>().SingleAsync(row => row.Person == person))).WithdrawnBy.ShouldBe(ConsentWay.Online);
        (await bank.Timeline(person)).ShouldContain("customers.consent-withdrawn");
    }

    private Task<ChannelId> ChannelOf(PersonId person, ChannelKind kind) => bank.Read(db => db.ChannelFacts().Where(row => row.Person == person && row.Kind == kind).Select(row => row.Id).SingleAsync());

    private Task<Outcome<ChannelCodeSent>> Send(Actor actor, PersonId person, ChannelId channel) => bank.By(actor, (SendChannelCode send) => send.Handle(person, channel, default));

    private Task<Outcome<ChannelChecked>> Enter(Actor actor, PersonId person, ChannelId channel, string code) => bank.By(actor, (CheckChannelCode check) => check.Handle(person, channel, new(code), default));

    private Task<string> CodeTo(PersonId person) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var message = await db.Set<Message>().OrderByDescending(row => row.MadeAt).FirstAsync(row => row.To == person && row.Purpose == "channel-code");
        message.Confidential.ShouldBeTrue();
        var key = await services.GetRequiredService<Seals>().KeyOf(db, person, default);
        return SixDigits().Match(key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body)).Value;
    });

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}

public sealed class Own_word_on_sqlite(TwoBranches<Sqlite> bank) : OwnWordTests<Sqlite>(bank);

public sealed class Own_word_on_postgres(TwoBranches<Postgres> bank) : OwnWordTests<Postgres>(bank);
