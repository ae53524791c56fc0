using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Keys;

/// <summary>The small bank with a second branch, Fort, where duplicates lie.</summary>
public sealed class TwoHousesWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    public BranchId Fort { get; private set; }

    public Player ManagerOfFort { get; private set; } = null!;

    protected override async Task Prepare()
    {
        await base.Prepare();
        Fort = (await Lab.Do<OpenBranch, BranchOpened>(Bank.Admin.Person, slice => slice.Handle(new("FRT", "Fort", "Asia/Kolkata", "IN", LocationClass.Metro), default))).Id;
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new("Nisha Rao", "fort.manager", "E-201", Role.Manager, "FRT"), default));
        ManagerOfFort = await Joining.Activate(Lab, enlisted.Person, "Nisha Rao", enlisted.Invitation);
    }
}

public abstract class EnvelopeTests<TEngine>(TwoHousesWorld<TEngine> world) : IClassFixture<TwoHousesWorld<TEngine>> where TEngine : IEngine
{
    private static int numbers;

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_duplicate_goes_to_another_branch_comes_back_and_its_whole_way_stands_in_the_ledger()
    {
        var key = await NewKey();
        var number = NewNumber();
        var envelope = await Deposit(key, number);
        (await Line(envelope)).ShouldSatisfyAllConditions(line => line.Number.ShouldBe(number), line => line.Keeper.ShouldBe(world.Fort), line => line.Until.ShouldBeNull());

        await TakeOut(envelope, EnvelopeReason.Verification);
        (await Line(envelope)).ShouldSatisfyAllConditions(line => line.Reason.ShouldBe(EnvelopeReason.Verification), line => line.Bearer.ShouldBe(Bank.Custodian.Name));
        var again = await Deposit(key, number);

        var (way, _) = (await As(Bank.Manager, (ReadEnvelopes read) => read.Ledger(Bank.Branch, 0, default)))!.Value;
        way.Where(line => line.Key == key).Select(line => (line.Duplicate, line.Where, line.Until is null, line.GivenBy, line.TakenBy)).ShouldBe([
            (false, "the safe", true, null, null),
            (true, $"envelope {number} at Fort", false, Bank.Custodian.Name, world.ManagerOfFort.Name),
            (true, $"envelope {number} at Fort", true, Bank.Custodian.Name, world.ManagerOfFort.Name),
        ]);
        (await As(world.ManagerOfFort, (ReadEnvelopes read) => read.Of(world.Fort, default)))!.Select(line => line.Id).ShouldContain(again);
    }

    [Fact]
    public async Task No_branch_keeps_the_duplicates_of_its_own_keys() =>
        (await Asking(Bank.Custodian, new(await NewKey(), Bank.Branch, NewNumber())).RefusedWith(422, "keys.own-branch")).Field.ShouldBe("branch");

    [Fact]
    public async Task One_duplicate_of_a_key_and_one_envelope_of_a_number_lie_at_a_branch()
    {
        var (key, number) = (await NewKey(), NewNumber());
        await Deposit(key, number);

        await Asking(Bank.Custodian, new(key, world.Fort, NewNumber())).RefusedWith(409, "keys.duplicate-there");
        await Asking(Bank.Custodian, new(await NewKey(), world.Fort, number)).RefusedWith(409, "keys.envelope-number-taken");
    }

    [Fact]
    public async Task Of_two_deposits_of_one_key_at_the_same_moment_one_is_done()
    {
        var key = await NewKey();
        DepositRequest[] requests = [new(key, world.Fort, NewNumber()), new(key, world.Fort, NewNumber())];
        List<DepositEnvelopeRequest> signed = [];
        foreach (var request in requests) signed.Add(await Signed(request));

        var race = await Task.WhenAll(signed.Select(request => Outcome(Bank.Custodian, (DepositEnvelope deposit) => deposit.Handle(request, default))));

        race.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        (await world.Read(db => db.Set<Envelope>().CountAsync(row => row.Key == key && row.Until == null))).ShouldBe(1);
    }

    [Fact]
    public async Task A_key_that_has_ended_is_not_deposited_and_its_envelope_still_comes_back()
    {
        var (key, number) = (await NewKey(), NewNumber());
        var signed = await Signed(new(await NewKey(), world.Fort, NewNumber()));
        var envelope = await Deposit(key, number);
        foreach (var one in new[] { key, signed.Deposit.Key })
            await world.Read(db => db.Set<Key>().Where(row => row.Id == one).ExecuteUpdateAsync(set => set.SetProperty(row => row.EndedAt, world.Clock.UtcNow()).SetProperty(row => row.End, KeyEnd.LockReplaced)));

        (await Outcome(Bank.Custodian, (DepositEnvelope deposit) => deposit.Handle(signed, default)).RefusedWith(404, "not-found")).Field.ShouldBe("key");
        await TakeOut(envelope, EnvelopeReason.KeyLost);
        await Asking(Bank.Custodian, new(key, world.Fort, number)).RefusedWith(404, "not-found");
    }

    [Fact]
    public async Task Each_branchs_officer_signs_for_their_own_side_and_never_one_for_both()
    {
        var asked = await Asking(Bank.Custodian, new(await NewKey(), world.Fort, NewNumber())).Fine();

        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Takes, Bank.Custodian));
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Gives, world.ManagerOfFort));
        await Should.ThrowAsync<InvalidOperationException>(() => Joining.Sign(world.Lab, asked.Gives, Bank.CounterOfficer));
    }

    [Fact]
    public async Task What_was_signed_is_what_is_done_and_an_envelope_is_taken_out_once()
    {
        var request = new DepositRequest(await NewKey(), world.Fort, NewNumber());
        var signed = await Signed(request);
        await Outcome(Bank.Custodian, (DepositEnvelope deposit) => deposit.Handle(signed with { Deposit = request with { Number = NewNumber() } }, default))
            .RefusedWith(422, "sign-in.signed-something-else");
        var envelope = (await Outcome(Bank.Custodian, (DepositEnvelope deposit) => deposit.Handle(signed, default)).Fine()).Id;

        await TakeOut(envelope, EnvelopeReason.KeyLost);
        await Outcome(Bank.Custodian, (TakeOutEnvelope take) => take.Ask(envelope, new(EnvelopeReason.KeyLost), default)).RefusedWith(409, "keys.envelope-taken-out");
    }

    [Fact]
    public async Task Who_handles_no_keys_at_either_branch_sees_and_moves_none()
    {
        var key = await NewKey();
        await Asking(Bank.CounterOfficer, new(key, world.Fort, NewNumber())).RefusedWith(404, "not-found");
        await Asking(Bank.Auditor, new(key, world.Fort, NewNumber())).RefusedWith(403, "not-allowed");
        (await As(Bank.CounterOfficer, (ReadEnvelopes read) => read.Of(Bank.Branch, default))).ShouldBeNull();
        (await As(world.ManagerOfFort, (ReadEnvelopes read) => read.Ledger(Bank.Branch, 0, default))).ShouldBeNull();
    }

    [Fact]
    public async Task The_pages_lead_from_the_duplicates_to_the_signatures()
    {
        var (key, number) = (await NewKey(), NewNumber());
        var envelope = await Deposit(key, number);
        var desk = await world.SignIn(Bank.Custodian);

        (await desk.GetStringAsync("/desk/custody/duplicates")).ShouldContain($"envelope {number} at Fort");
        (await desk.GetStringAsync("/desk/custody/ledger")).ShouldContain($"envelope {number} at Fort");
        var taking = (await desk.PostForm($"/desk/custody/envelopes/{envelope}", "reason", ("Input.Reason", nameof(EnvelopeReason.KeyBroken)))).Leads();
        (await desk.GetStringAsync(taking)).ShouldContain("An officer of Fort gives it out");
        var depositing = (await desk.PostForm("/desk/custody/duplicates/new", "deposit",
            ("Input.Key", (await NewKey()).ToString()), ("Input.Branch", world.Fort.ToString()), ("Input.Number", NewNumber()))).Leads();
        (await desk.GetStringAsync(depositing)).ShouldContain("An officer of the other branch takes it in");
    }

    private static string NewNumber() => $"EV-{Interlocked.Increment(ref numbers)}";

    private async Task<KeyId> NewKey() => (await world.Lab.Do<RegisterGuardKey, KeyRegistered>(Bank.Manager.Person, slice =>
        slice.Handle(new(Bank.Vault, $"D-{Interlocked.Increment(ref numbers)}"), default))).Id;

    private async Task<EnvelopeLine> Line(EnvelopeId id) => (await As(Bank.Manager, (ReadEnvelopes read) => read.One(id, default)))!;

    private Task<Outcome<HandOverSignatures>> Asking(Player by, DepositRequest request) => Outcome(by, (DepositEnvelope deposit) => deposit.Ask(request, default));

    private async Task<DepositEnvelopeRequest> Signed(DepositRequest request)
    {
        var asked = await Asking(Bank.Custodian, request).Fine();
        await Joining.Sign(world.Lab, asked.Gives, Bank.Custodian);
        await Joining.Sign(world.Lab, asked.Takes, world.ManagerOfFort);
        return new(request, asked.Gives, asked.Takes);
    }

    private async Task<EnvelopeId> Deposit(KeyId key, string number)
    {
        var signed = await Signed(new(key, world.Fort, number));
        return (await Outcome(Bank.Custodian, (DepositEnvelope deposit) => deposit.Handle(signed, default)).Fine()).Id;
    }

    private async Task TakeOut(EnvelopeId envelope, EnvelopeReason reason)
    {
        var asked = await Outcome(Bank.Custodian, (TakeOutEnvelope take) => take.Ask(envelope, new(reason), default)).Fine();
        await Joining.Sign(world.Lab, asked.Gives, world.ManagerOfFort);
        await Joining.Sign(world.Lab, asked.Takes, Bank.Custodian);
        await Outcome(Bank.Custodian, (TakeOutEnvelope take) => take.Handle(envelope, new(reason, asked.Gives, asked.Takes), default)).Fine();
    }

    private Task<T> As<THandler, T>(Player by, Func<THandler, Task<T>> call) where THandler : notnull =>
        world.Lab.As(by.Person, services => call(services.GetRequiredService<THandler>()));

    private Task<Outcome<T>> Outcome<THandler, T>(Player by, Func<THandler, Task<Outcome<T>>> call) where THandler : notnull => As(by, call);
}

public sealed class Envelopes_on_sqlite(TwoHousesWorld<Sqlite> world) : EnvelopeTests<Sqlite>(world);

public sealed class Envelopes_on_postgres(TwoHousesWorld<Postgres> world) : EnvelopeTests<Postgres>(world);
