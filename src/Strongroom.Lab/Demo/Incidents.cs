using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>What does not happen every day, and what a visitor should find all the same: each on a day of its own, at the branch that it fits.</summary>
internal sealed class Incidents(Agenda agenda, DateOnly start, Chance chance, Branches branches, IReadOnlyList<byte[]> faces)
{
    private static readonly TimeOnly Morning = new(10, 40), Noon = new(12, 5), Afternoon = new(13, 30);

    public void AtMetro(DemoBranch metro, Visiting visiting, Letting asha, Letting held, Player frozen)
    {
        // Asha comes now and then, whatever chance has for her; whoever hires 114 came once after the court's order.
        foreach (var day in new[] { 6, 27, 48 }) On(metro, day, Noon, visiting, asha);
        On(metro, 9, Morning, () => Hold(metro, held, HoldKind.Court, "Order of the City Civil Court, copy in the branch's file.", "City Civil Court, 12/2026"));
        On(metro, 16, Noon, visiting, held);

        var others = metro.Lettings.Where(letting => letting != asha && letting != held && !letting.Hirers.Contains(frozen.Person) && letting.Agent is null && !letting.Doubtful).ToList();
        var (attached, late, arrears, jam, kin, leaving) = (others[0], others[1], others[2], others[3], others[4], others[5]);
        On(metro, 12, Morning, () => Hold(metro, attached, HoldKind.Attachment, "Income tax, order of the recovery officer.", "Order 44/2"));
        On(metro, 33, Morning, () => Hold(metro, late, HoldKind.Death, "Told by the son at the counter; certificate awaited."));
        On(metro, 14, Morning, () => Hold(metro, arrears, HoldKind.Arrears, "Two years' rent unpaid, last letter of the first of the month."));
        On(metro, 20, Noon, visiting, arrears);
        On(metro, 34, Morning, () => Lift(metro, arrears));
        On(metro, 36, Noon, visiting, arrears);
        var agents = metro.Lettings.Where(letting => letting.Agent is not null).Take(3).ToList();
        for (var at = 0; at < agents.Count; at++) visiting.PlanAgent(metro.OpenFrom(start.AddDays(8 + 15 * at)), Afternoon, agents[at]);

        // The first-named hirer is the custodian's sister: his colleague serves her when the turn is hers.
        On(metro, 2, Morning, () => Declare(metro, kin));
        On(metro, 22, Noon, visiting, kin);
        On(metro, 29, Noon, visiting, kin);

        On(metro, 40, Noon, () => visiting.Jam(jam));
        On(metro, 44, Morning, () => Repair(metro, jam));
        On(metro, 47, Noon, visiting, jam);
        On(metro, 51, new(9, 20), () => Surrender(metro, leaving));
        On(metro, 53, Morning, () => metro.Lab.Do<FreezeLocker, HoldPlaced>(frozen.Person, slice => slice.Handle(FrozenBy(metro, frozen).Agreement, default)));
        foreach (var day in new[] { 24, 52 }) On(metro, day, Morning, () => LookThroughCameras(metro));
    }

    public void AtSemiUrban(DemoBranch branch, MovingIn moving)
    {
        On(branch, 1, Morning, async () => await moving.WorkOff(branch));
        On(branch, 24, Morning, () => LookThroughCameras(branch));
    }

    public void AtRural(DemoBranch branch, Visiting visiting, People people)
    {
        On(branch, 30, Morning, async () =>
        {
            var locker = await branch.Lab.Read(db => db.LockerFacts().Where(row => row.Branch == branch.Branch && !db.AgreementFacts().Any(hire => hire.Locker == row.Id)).OrderBy(row => row.Id).FirstAsync());
            var letting = await new Hiring(branch, people, chance, faces).LetToSomebody(locker);
            visiting.PlanVisit(agenda.Today, Noon, letting);
        });
    }

    /// <summary>The vault is closed for a day all over the district; each branch has it on its calendar.</summary>
    public async Task Holiday(DemoBranch branch, int day, string name)
    {
        var date = branch.OpenFrom(start.AddDays(day));
        await branch.Lab.Do<AddHoliday, Done>(branch.Admin.Person, slice => slice.Handle(branch.Branch, new(date, name), default));
        branch.Holidays.Add(date);
    }

    /// <summary>Duplicates lie at another branch, handed over from one manager to the other.</summary>
    public void Duplicates(DemoBranch from, DemoBranch to) => On(from, 3, new(16, 30), async () =>
    {
        var keys = await from.Lab.Read(db => db.KeyFacts().Where(key => key.Branch == from.Branch && key.Kind == KeyKind.Guard).OrderBy(key => key.Number).ToListAsync());
        foreach (var key in keys)
        {
            var deposit = new DepositRequest(key.Id, to.Branch, $"ENV-{from.Plan.Code}-{key.Number}");
            var asked = await from.Lab.Do<DepositEnvelope, HandOverSignatures>(from.Manager.Person, slice => slice.Ask(deposit, default));
            await Joining.Sign(from.Lab, asked.Gives, from.Manager);
            await Joining.Sign(from.Lab, asked.Takes, to.Manager);
            await from.Lab.Do<DepositEnvelope, EnvelopeDeposited>(from.Manager.Person, slice => slice.Handle(new(deposit, asked.Gives, asked.Takes), default));
        }
    });

    private void On(DemoBranch branch, int day, TimeOnly time, Func<Task> act) => agenda.At(branch.OpenFrom(start.AddDays(day)), time, act);

    private void On(DemoBranch branch, int day, TimeOnly time, Visiting visiting, Letting letting) => visiting.PlanVisit(branch.OpenFrom(start.AddDays(day)), time, letting);

    private static Task<HoldPlaced> Hold(DemoBranch branch, Letting letting, HoldKind kind, string reason, string? paper = null) =>
        branch.Lab.Do<PlaceHold, HoldPlaced>(branch.Manager.Person, slice => slice.Handle(letting.Agreement, new(kind, reason, null, paper), default));

    private static async Task Lift(DemoBranch branch, Letting letting)
    {
        var hold = await branch.Lab.Read(db => db.HoldsInForce(branch.Lab.Now).Where(row => row.Agreement == letting.Agreement).Select(row => row.Id).SingleAsync());
        await branch.Lab.Do<LiftHold, HoldLifted>(branch.Manager.Person, slice => slice.Handle(letting.Agreement, hold, new("Paid in full at the counter, receipt 2281."), default));
    }

    private async Task Declare(DemoBranch branch, Letting letting)
    {
        var cif = await branch.Lab.Read(db => db.PersonFacts().Where(row => row.Id == letting.Hirers[0]).Select(row => row.Cif).SingleAsync());
        await branches.Declare(branch.Officers.Single(one => one.UserName == "custodian"), cif!, Relation.Sibling);
    }

    private static async Task Repair(DemoBranch branch, Letting letting)
    {
        var version = await branch.Lab.Read(db => db.LockerFacts().Where(row => row.Id == letting.Locker).Select(row => row.Version).SingleAsync());
        await branch.Lab.Do<SetCondition, Done>(branch.Custodian.Person, slice => slice.Handle(letting.Locker, new(LockerCondition.InService, ConditionReason.Repaired), default), version);
    }

    private async Task Surrender(DemoBranch branch, Letting letting)
    {
        var version = await branch.Lab.Read(db => db.AgreementFacts().Where(row => row.Id == letting.Agreement).Select(row => row.Version).SingleAsync());
        await branch.Lab.Do<EndAgreement, Done>(branch.Manager.Person, slice => slice.Handle(letting.Agreement, new(agenda.Today), default), version);
        branch.Lettings.Remove(letting);
    }

    private static Letting FrozenBy(DemoBranch branch, Player hirer) => branch.Lettings.Single(letting => letting.Hirers.Contains(hirer.Person));

    private async Task LookThroughCameras(DemoBranch branch)
    {
        foreach (var vault in await branch.Lab.Read(db => db.VaultFacts().Where(row => row.Branch == branch.Branch).OrderBy(row => row.Name).Select(row => row.Id).ToListAsync()))
            await Branches.Inspect(branch, vault, InspectionKind.Cameras, agenda.Today);
    }
}
