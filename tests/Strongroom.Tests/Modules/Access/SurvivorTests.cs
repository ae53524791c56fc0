using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R10 after a death that is on record: when the hold for it is lifted with the papers, those come whom the mode of operation names as survivors.</summary>
public abstract class SurvivorTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Theory]
    [InlineData(Mandate.FormerOrSurvivor, true, true)]
    [InlineData(Mandate.FormerOrSurvivor, false, true)]
    [InlineData(Mandate.LatterOrSurvivor, true, true)]
    [InlineData(Mandate.LatterOrSurvivor, false, true)]
    [InlineData(Mandate.EitherOrSurvivor, true, true)]
    [InlineData(Mandate.Jointly, true, false)]
    public async Task A_survivor_is_admitted_where_the_mode_of_operation_says_so_and_reads_it(Mandate mandate, bool firstNamedDied, bool admitted)
    {
        var (first, last) = (await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(mandate, first.Hirer, last.Hirer);
        var (dead, survivor) = firstNamedDied ? (first, last) : (last, first);
        await world.MarkedDead(dead.Hirer);
        await LiftDeathHold(joint);

        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(joint, survivor.Hirer)), "No key is registered yet");

        admission.State.ShouldBe(admitted ? VisitState.Admitted : VisitState.Refused, string.Join(", ", admission.Rules.Where(rule => rule.Answer != Answer.Pass).Select(rule => rule.Sentence)));
        admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(admitted ? [] : ["mandate"]);
        // Who may not come sends nobody either: a letter wants the signatures of all who may.
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        var letter = await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<AppointAgent>().Handle(joint, new(Bank.SecondCustodian.Person, today, today, null), default));
        (letter.Refusal?.Code == "agreements.nobody-signs-for-the-dead").ShouldBe(!admitted, letter.Refusal?.Code);
        if (admitted) await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        using var account = await world.SignIn(await Bank.OpenAccess(survivor, $"survivor.{survivor.Number}"));
        (await account.GetStringAsync($"/account/lockers/{joint}")).ShouldContain($"<strong>You</strong>, {(admitted ? "alone" : "no longer, since a hirer has died")}");
    }

    [Fact]
    public async Task While_the_one_who_was_named_lives_the_death_of_another_lets_nobody_else_in()
    {
        var (first, second, third) = (await world.NewHire(), await world.NewHire(), await world.NewHire());
        var joint = await world.Jointly(Mandate.FormerOrSurvivor, first.Hirer, second.Hirer, third.Hirer);
        await world.MarkedDead(second.Hirer);
        await LiftDeathHold(joint);

        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(joint, third.Hirer)), "No key is registered yet");

        admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["mandate"]);
    }

    private async Task LiftDeathHold(AgreementId agreement)
    {
        var hold = await world.Read(db => db.HoldsInForce(world.Lab.Now).Where(row => row.Agreement == agreement && row.Kind == HoldKind.Death).Select(row => row.Id).SingleAsync());
        var asked = await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(agreement, hold, new("The survivor came with the certificate", "D-4711, Pune"), default));
        await world.Lab.TryApprove(Bank.Custodian, asked.Approval!.Value).Fine();
    }
}

public sealed class Survivor_on_sqlite(OpenDayWorld<Sqlite> world) : SurvivorTests<Sqlite>(world);

public sealed class Survivor_on_postgres(OpenDayWorld<Postgres> world) : SurvivorTests<Postgres>(world);
