using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Deaths;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Tests.Support;

/// <summary>Customers of the small bank who are said to have died, and what hangs on that.</summary>
internal static class Deaths
{
    public static MarkDeadRequest Request(SmallBank bank) => new(bank.Branch, new DateOnly(2026, 11, 20), "D-4711, Pune", new DateOnly(2026, 11, 21));

    public static ReverseDeathRequest Back(SmallBank bank) => new(bank.Branch, "A namesake was meant", "Passport Z 12");

    public static Task<Outcome<DeathAsked>> AskDeath<TEngine>(this BankWorld<TEngine> world, PersonId person, Player? by = null) where TEngine : IEngine =>
        world.Lab.As((by ?? world.Bank.Manager).Person, services => services.GetRequiredService<MarkDead>().Handle(person, Request(world.Bank), default));

    public static async Task MarkedDead<TEngine>(this BankWorld<TEngine> world, PersonId person) where TEngine : IEngine =>
        await world.Lab.TryApprove(world.Bank.Custodian, (await world.AskDeath(person).Fine()).Approval).Fine();

    public static async Task<ApprovalId> AskLife<TEngine>(this BankWorld<TEngine> world, PersonId person) where TEngine : IEngine =>
        (await world.Lab.Do<ReverseDeath, DeathAsked>(world.Bank.Manager.Person, slice => slice.Handle(person, Back(world.Bank), default))).Approval;

    public static async Task MarkedLiving<TEngine>(this BankWorld<TEngine> world, PersonId person) where TEngine : IEngine =>
        await world.Lab.TryApprove(world.Bank.Custodian, await world.AskLife(person)).Fine();

    /// <summary>A joint hire of a locker that stands at the far end of the vault.</summary>
    public static async Task<AgreementId> Jointly<TEngine>(this BankWorld<TEngine> world, Mandate mandate, params PersonId[] hirers) where TEngine : IEngine
    {
        var (bank, today) = (world.Bank, world.Lab.Now.DateIn("Asia/Kolkata"));
        var let = await world.Read(db => db.AgreementFacts().Where(row => row.EndedOn == null).Select(row => row.Locker).ToListAsync());
        var locker = bank.Lockers.Last(one => !let.Contains(one));
        return (await world.Lab.Do<MakeAgreement, AgreementMade>(bank.Manager.Person, slice => slice.Handle(
            new(locker, hirers[0], $"J/{locker.ToString()[^12..]}", today, today, today, today.AddYears(1), [.. hirers.Skip(1)], mandate), default))).Id;
    }

    public static Task<AgentAppointed> Appoint<TEngine>(this BankWorld<TEngine> world, AgreementId agreement, PersonId agent) where TEngine : IEngine
    {
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        return world.Lab.Do<AppointAgent, AgentAppointed>(world.Bank.Manager.Person, slice => slice.Handle(agreement, new(agent, today, today, null), default));
    }

    public static Task<List<PersonId>> AgentsOf<TEngine>(this BankWorld<TEngine> world, AgreementId agreement) where TEngine : IEngine =>
        world.Read(db => db.AgentFacts().Where(row => row.Agreement == agreement).Select(row => row.Person).ToListAsync());

    public static Task<List<HoldKind>> HeldBy<TEngine>(this BankWorld<TEngine> world, AgreementId agreement) where TEngine : IEngine =>
        world.Read(db => db.HoldsInForce(world.Lab.Now).Where(hold => hold.Agreement == agreement).Select(hold => hold.Kind).ToListAsync());

    /// <summary>An officer as a customer: with due diligence, as each who hires must be.</summary>
    public static async Task<PersonId> AsCustomer<TEngine>(this BankWorld<TEngine> world, Player officer) where TEngine : IEngine
    {
        var version = await world.Read(db => db.PersonFacts().Where(row => row.Id == officer.Person).Select(row => row.Version).SingleAsync());
        await world.Lab.Do<RecordDueDiligence, Done>(world.Bank.Manager.Person,
            slice => slice.Handle(officer.Person, new(world.Lab.Now.DateIn("Asia/Kolkata").AddYears(2)), default), version);
        return officer.Person;
    }
}
