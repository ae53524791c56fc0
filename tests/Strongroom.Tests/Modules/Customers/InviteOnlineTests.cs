using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Customers;

public abstract class InviteOnlineTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task The_officer_gets_one_half_of_the_code_and_the_person_s_mailbox_the_other()
    {
        var person = await bank.Person("Asha Rao", "asha.rao@example.in");

        var invited = await Invite(bank.Clerk, person, "asha.rao").Fine();

        invited.SentTo.ShouldBe("a…@example.in");
        var (message, body) = await MessageTo(person);
        body.ShouldContain("Dear Asha Rao");
        body.ShouldNotContain(invited.CounterHalf);
        message.Branch.ShouldBe(bank.MgRoad);
        await bank.By(bank.Manager, (RevealMessage reveal) => reveal.Handle(message.Id, default)).RefusedWith(403, "delivery.for-the-addressee-alone");
        (await bank.Timeline(person)).ShouldContain("customers.invited");
    }

    [Fact]
    public async Task A_second_invitation_sends_a_second_code()
    {
        var person = await bank.Person("Vikram Rao", "vikram@example.in");

        var first = await Invite(bank.Clerk, person, "vikram").Fine();
        var second = await Invite(bank.Clerk, person, "vikram").Fine();

        second.CounterHalf.ShouldNotBe(first.CounterHalf);
        (await bank.Read(db => db.Set<Message>().CountAsync(row => row.To == person))).ShouldBe(2);
    }

    [Fact]
    public async Task Without_an_email_address_the_code_has_nowhere_to_go()
    {
        var person = await bank.Person("Leela Menon", email: null);

        await Invite(bank.Clerk, person, "leela").RefusedWith(409, "customers.no-email-to-invite-to");
    }

    [Fact]
    public async Task Nobody_invites_themselves_and_a_custodian_invites_nobody()
    {
        await Invite(bank.Clerk, bank.Clerk.Person!.Value, "meera").RefusedWith(403, "not-allowed");
        await Invite(bank.Custodian, await bank.Person("Farhan"), "farhan").RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task Who_lost_the_password_starts_over_at_the_counter_and_an_officer_only_at_the_office()
    {
        var person = await bank.Person("Nila Rao", "nila@example.in");
        var first = await Invite(bank.Clerk, person, "nila.rao").Fine();

        var anew = await StartOver(bank.Clerk, person).Fine();

        anew.UserName.ShouldBe("nila.rao");
        anew.CounterHalf.ShouldNotBe(first.CounterHalf);
        (await bank.Timeline(person)).ShouldContain("customers.started-over");
        await StartOver(bank.Clerk, bank.Manager.Person!.Value).RefusedWith(403, "customers.officers-sign-in");
        await StartOver(bank.Custodian, person).RefusedWith(403, "not-allowed");
        await StartOver(bank.Clerk, await bank.Person("Nobody Yet", "none@example.in")).RefusedWith(404, "not-found");
    }

    private Task<Outcome<InvitedOnline>> StartOver(Actor officer, PersonId person) =>
        bank.By(officer, (InviteOnline invite) => invite.StartOver(person, new(PasskeyCheck.IdentityDocument), default));

    private Task<Outcome<InvitedOnline>> Invite(Actor officer, PersonId person, string userName) =>
        bank.By(officer, (InviteOnline invite) => invite.Handle(person, new(userName), default));

    private Task<(Message Message, string Body)> MessageTo(PersonId person) => bank.In(async services =>
    {
        var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
        var message = await db.Set<Message>().AsNoTracking().SingleAsync(row => row.To == person);
        var key = await services.GetRequiredService<Seals>().KeyOf(db, person, default);
        return (message, key.Open("message.body", message.Id.Value, message.Body));
    });
}

public sealed class Invite_online_on_sqlite(TwoBranches<Sqlite> bank) : InviteOnlineTests<Sqlite>(bank);

public sealed class Invite_online_on_postgres(TwoBranches<Postgres> bank) : InviteOnlineTests<Postgres>(bank);
