using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Keys;

public abstract class HandOverTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private static int numbers = 100;

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_guard_key_goes_from_the_safe_to_the_custodian_to_their_relief_and_back_under_two_signatures_each()
    {
        var key = await NewKey();

        await HandOver(key, to: Bank.Custodian, gives: Bank.Manager, takes: Bank.Custodian);
        (await HolderOf(key)).ShouldBe(Bank.Custodian.Person);
        await HandOver(key, to: Bank.SecondCustodian, gives: Bank.Custodian, takes: Bank.SecondCustodian);
        await HandOver(key, to: null, gives: Bank.SecondCustodian, takes: Bank.Manager);
        (await HolderOf(key)).ShouldBeNull();

        var page = (await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<ReadKeys>().Custody(Bank.Branch, 0, default)))!;
        page.History.Where(entry => entry.Key == key).Select(entry => (entry.Holder, entry.GivenBy, entry.TakenBy, entry.Until is null)).ShouldBe(
        [
            (null, "Lata Nair", "Meera Iyer", true),
            ("Lata Nair", "Ravi Kulkarni", "Lata Nair", false),
            ("Ravi Kulkarni", "Meera Iyer", "Ravi Kulkarni", false),
            (null, null, null, false),
        ]);
    }

    [Fact]
    public async Task Nobody_hands_a_key_over_before_both_have_signed()
    {
        var key = await NewKey();
        var (request, asked) = await Ask(key, Bank.Custodian);

        await Carry(request, asked).RefusedWith(409, "sign-in.not-signed");
        await Joining.Sign(world.Lab, asked.Gives, Bank.Manager);
        await Carry(request, asked).RefusedWith(409, "sign-in.not-signed");
        (await HolderOf(key)).ShouldBeNull();
    }

    [Fact]
    public async Task Signatures_for_one_hand_over_do_not_carry_another()
    {
        var (key, other) = (await NewKey(), await NewKey());
        var (request, asked) = await Ask(key, Bank.Custodian);
        await Joining.Sign(world.Lab, asked.Gives, Bank.Manager);
        await Joining.Sign(world.Lab, asked.Takes, Bank.Custodian);

        await Carry(request with { Keys = [other] }, asked).RefusedWith(422, "sign-in.signed-something-else");
        await Carry(request with { To = Bank.SecondCustodian.Person }, asked).RefusedWith(422, "sign-in.signed-something-else");
        await Carry(request, asked).Fine();
        await Carry(request, asked).RefusedWith(409, "keys.there-already");
    }

    [Fact]
    public async Task Only_the_present_holder_gives_and_only_the_named_taker_takes()
    {
        var key = await NewKey();
        await HandOver(key, to: Bank.Custodian, gives: Bank.Manager, takes: Bank.Custodian);
        var (_, asked) = await Ask(key, Bank.SecondCustodian);

        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Gives, Bank.Manager));
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Takes, Bank.Manager));
    }

    [Fact]
    public async Task The_taker_does_not_also_give_out_of_the_safe()
    {
        var key = await NewKey();
        var (_, asked) = await Ask(key, Bank.Custodian);

        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Gives, Bank.Custodian));
    }

    [Fact]
    public async Task Who_takes_a_guard_key_may_handle_keys_at_the_branch_today()
    {
        var key = await NewKey();

        foreach (var stranger in new[] { Bank.CounterOfficer, Bank.Admin, Bank.Auditor })
            await Asking(Bank.Manager, new([key], stranger.Person)).RefusedWith(422, "keys.taker-not-posted");
        await Asking(Bank.Manager, new([key], null)).RefusedWith(409, "keys.there-already");
        await Asking(Bank.Auditor, new([key], Bank.Custodian.Person)).RefusedWith(403, "not-allowed");
        await Asking(Bank.CounterOfficer, new([key], Bank.Custodian.Person)).RefusedWith(404, "not-found");
        await Asking(Bank.Manager, new([new(new("01900000-0000-7000-8000-00000000dead"))], Bank.Custodian.Person)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Who_is_custodian_by_an_emergency_takes_a_key_as_long_as_they_have_a_post_of_their_own()
    {
        var key = await NewKey();
        var officer = await Bank.Enlist("Quick Officer", "quick.officer", "Q-1", Role.CounterOfficer, "MGR");
        var asked = await world.Lab.Do<BreakGlass, BreakGlassAsked>(officer.Person, slice => slice.Ask(new(Bank.Branch, Role.Custodian, 30, Bank.Manager.Person, "The custodian is ill today."), default));
        await Joining.Sign(world.Lab, asked.Own, officer);
        await Joining.Sign(world.Lab, asked.Second, Bank.Manager);
        await world.Lab.Do<BreakGlass, BreakGlassOpened>(officer.Person, slice => slice.Open(asked.Id, default));
        await Asking(Bank.Manager, new([key], officer.Person)).Fine();
        (await Takers()).ShouldContain(officer.Person);

        var posting = await world.Read(db => db.PostingFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        await world.Lab.Do<EndPosting, Done>(Bank.Admin.Person, slice => slice.Handle(posting, default));

        await Asking(Bank.Manager, new([key], officer.Person)).RefusedWith(422, "keys.taker-not-posted");
        (await Takers()).ShouldNotContain(officer.Person);

        Task<List<PersonId>> Takers() => world.Lab.As(Bank.Manager.Person, async services =>
            (await services.GetRequiredService<ReadKeys>().Takers(await services.GetRequiredService<StrongroomDb>().BranchFacts().SingleAsync(row => row.Id == Bank.Branch), default)).Select(person => person.Id).ToList());
    }

    [Fact]
    public async Task Keys_of_two_hands_are_not_handed_over_as_one()
    {
        var (here, there) = (await NewKey(), await NewKey());
        await HandOver(here, to: Bank.Custodian, gives: Bank.Manager, takes: Bank.Custodian);

        await Asking(Bank.Manager, new([here, there], Bank.SecondCustodian.Person)).RefusedWith(422, "keys.apart");
    }

    [Fact]
    public async Task Of_two_hand_overs_of_one_key_at_the_same_moment_one_is_done()
    {
        var key = await NewKey();
        var (one, first) = await Ask(key, Bank.Custodian);
        var (other, second) = await Ask(key, Bank.SecondCustodian);
        await Joining.Sign(world.Lab, first.Gives, Bank.Manager);
        await Joining.Sign(world.Lab, first.Takes, Bank.Custodian);
        await Joining.Sign(world.Lab, second.Gives, Bank.Manager);
        await Joining.Sign(world.Lab, second.Takes, Bank.SecondCustodian);

        var race = await Task.WhenAll(Carry(one, first), Carry(other, second));

        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        (await world.Read(db => db.Set<Custody>().CountAsync(entry => entry.Key == key && entry.Until == null))).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_moves_while_its_hand_over_is_decided_makes_it_be_decided_anew()
    {
        var key = await NewKey();
        var (_, asked) = await Ask(key, Bank.SecondCustodian);
        var decided = 0;
        await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<Write>().Do<Done>("test.hand-over", key, async act =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            await db.WatchGuardKeys(Bank.Branch, default);
            if (++decided == 1) await HandOver(key, Bank.Custodian, Bank.Manager, Bank.Custodian);
            await db.HandOver(act, [key], Bank.SecondCustodian.Person, asked.Gives, asked.Takes, default);
            db.Append(act, new Event(KeysAudit.HandedOver).About(Bank.Branch));
            return Done.It;
        }, default).Fine());
        decided.ShouldBe(2);
    }

    private async Task<KeyId> NewKey() => (await world.Lab.Do<RegisterGuardKey, KeyRegistered>(Bank.Manager.Person, slice =>
        slice.Handle(new(Bank.Vault, $"K-{Interlocked.Increment(ref numbers)}"), default))).Id;

    private Task<PersonId?> HolderOf(KeyId key) => world.Read(db => db.CustodyFacts().Where(row => row.Key == key).Select(row => row.Holder).SingleAsync());

    private async Task HandOver(KeyId key, Player? to, Player gives, Player takes)
    {
        var (request, asked) = await Ask(key, to);
        await Joining.Sign(world.Lab, asked.Gives, gives);
        await Joining.Sign(world.Lab, asked.Takes, takes);
        await Carry(request, asked).Fine();
    }

    private async Task<(HandOverRequest, HandOverSignatures)> Ask(KeyId key, Player? to)
    {
        var request = new HandOverRequest([key], to?.Person);
        return (request, await Asking(Bank.Manager, request).Fine());
    }

    private Task<Outcome<HandOverSignatures>> Asking(Player by, HandOverRequest request) =>
        world.Lab.As(by.Person, services => services.GetRequiredService<HandOverKey>().Ask(request, default));

    private Task<Outcome<Done>> Carry(HandOverRequest request, HandOverSignatures asked) =>
        world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<HandOverKey>().Handle(new(request, asked.Gives, asked.Takes), default));
}

public sealed class Hand_overs_on_sqlite(BankWorld<Sqlite> world) : HandOverTests<Sqlite>(world);

public sealed class Hand_overs_on_postgres(BankWorld<Postgres> world) : HandOverTests<Postgres>(world);
