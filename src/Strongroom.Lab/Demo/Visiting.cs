using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// A branch's days: opened, its hirers served, closed. Each act of a visit stands on the agenda by itself, so that several parties are inside at a time and the
/// vault is full when it is full.
/// </summary>
internal sealed class Visiting(DemoBranch branch, Agenda agenda, Chance chance, IReadOnlyList<byte[]> faces)
{
    private static readonly string[] Notes =
    [
        "Asked to bring the missing papers at the next visit.", "Will pay by transfer this week; reminded of the rate.", "The copy of the agreement is posted today.",
        "Known to the branch for years; papers to be renewed next month.", "Camera was away for repair; photograph at the next visit.",
    ];

    private static readonly string[] ReasonsToLeave = ["Key left at home.", "Called away by telephone.", "Did not want to wait."];

    private readonly LabBank lab = branch.Lab;
    private int here;

    public void PlanDay(DateOnly date)
    {
        if (!branch.IsOpen(date)) return;
        var hours = branch.Plan.Hours[date.DayOfWeek];
        agenda.At(date, hours.Opens.AddMinutes(-12), () => branch.OpenDay());
        agenda.At(date, hours.Opens, () =>
        {
            foreach (var letting in branch.Lettings.Where(letting => chance.In(letting.VisitsAYear / 365 * Rush(date)))) PlanVisit(date, Arrival(hours), letting);
            return Task.CompletedTask;
        });
        agenda.At(date, hours.Closes.AddMinutes(5), Close);
    }

    public void PlanVisit(DateOnly date, TimeOnly time, Letting letting) =>
        agenda.At(date, time, () =>
        {
            var (person, others) = WhoComes(letting);
            return Arrive(letting, person, others);
        });

    public void PlanAgent(DateOnly date, TimeOnly time, Letting letting) => agenda.At(date, time, () => Arrive(letting, letting.Agent!.Value, []));

    /// <summary>The lock does not turn: nobody gets in, and the locker is under repair.</summary>
    public async Task Jam(Letting letting)
    {
        var visit = await branch.Identify(await branch.CheckIn(letting.Agreement, letting.Hirers[0], [.. letting.Hirers.Skip(1)]));
        var admission = await branch.AdmitNoting(visit, null, chance.Of(Notes));
        await lab.Do<EndVisit, VisitStep>(branch.Custodian.Person, slice => slice.Abort(admission.Id, new(EndReason.LockJammed, "The hirer's key does not turn."), default), admission.Version);
        var version = await lab.Read(db => db.LockerFacts().Where(row => row.Id == letting.Locker).Select(row => row.Version).SingleAsync());
        await lab.Do<SetCondition, Done>(branch.Custodian.Person, slice => slice.Handle(letting.Locker, new(LockerCondition.UnderRepair, ConditionReason.LockJams), default), version);
    }

    /// <summary>Not before everybody is out.</summary>
    private async Task Close()
    {
        if (here > 0)
        {
            agenda.In(5, Close);
            return;
        }
        await branch.CloseDay();
        await lab.Background();
        await SeeToOldWarnings();
    }

    /// <summary>Mondays, Saturdays and the ends of the month are full; closed days are made up for.</summary>
    private double Rush(DateOnly date) => 7.0 / branch.Plan.Hours.Count
        * (date.DayOfWeek is DayOfWeek.Monday or DayOfWeek.Saturday ? 1.3 : 0.9) * (date.Day is <= 7 or >= 24 ? 1.15 : 0.85);

    /// <summary>Around eleven and half past three, never so late that one would be turned out.</summary>
    private TimeOnly Arrival(DayHours hours)
    {
        var peak = chance.In(0.55) || hours.Closes < new TimeOnly(15, 0) ? new TimeOnly(11, 0) : new TimeOnly(15, 30);
        var minutes = (peak - hours.Opens).TotalMinutes + 50 * chance.Normal();
        return hours.Opens.AddMinutes(Math.Clamp(Math.Round(minutes), 1, (hours.Closes - hours.Opens).TotalMinutes - 75));
    }

    /// <summary>Mostly those who must come; now and then somebody comes alone who may not.</summary>
    private (PersonId Person, PersonId[] Others) WhoComes(Letting letting)
    {
        var hirers = letting.Hirers;
        if (letting.Agent is { } agent && chance.In(0.5)) return (agent, []);
        return letting.Mandate switch
        {
            Mandate.Jointly when chance.In(0.9) => (hirers[0], [.. hirers.Skip(1)]),
            Mandate.FormerOrSurvivor or Mandate.Single or Mandate.Jointly => (chance.In(0.93) ? hirers[0] : hirers[^1], []),
            Mandate.LatterOrSurvivor => (hirers[^1], []),
            Mandate.EitherOrSurvivor or Mandate.AnyoneOrSurvivor => (chance.Of(hirers), []),
        };
    }

    private async Task Arrive(Letting letting, PersonId person, PersonId[] others)
    {
        var visit = await branch.CheckIn(letting.Agreement, person, others);
        here++;
        agenda.In(chance.Between(1, 3), async () =>
        {
            if (chance.In(0.04)) await Leave(visit);
            else await Identify(letting, visit, person, others);
        });
    }

    private async Task Leave(VisitStep visit)
    {
        await lab.Do<EndVisit, VisitStep>(branch.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, chance.Of(ReasonsToLeave)), default), visit.Version);
        here--;
    }

    private async Task Identify(Letting letting, VisitStep visit, PersonId person, PersonId[] others)
    {
        visit = await branch.Identify(visit);
        if (branch.Plan.Cabinets.Count == 0 && chance.In(0.5)) visit = await MendRecords(letting, visit, person);
        if (person == letting.Agent) visit = await AskSecond(visit);
        agenda.In(chance.Between(1, 2), () => Admit(letting, visit, person, others));
    }

    /// <summary>What the old register did not bring: the face, and the code on the key (R0b, R17).</summary>
    private async Task<VisitStep> MendRecords(Letting letting, VisitStep visit, PersonId person)
    {
        var known = await lab.Read(db => db.PersonFacts().SingleAsync(row => row.Id == person));
        if (known.Photograph is null)
            await lab.Do<TakePicture, Done>(branch.CounterOfficer.Person,
                slice => slice.Handle(person, PictureKind.Photograph, chance.Of(faces), agenda.Today, default), known.Version);
        var key = await lab.Read(db => db.KeyFacts().FirstOrDefaultAsync(row => row.Locker == letting.Locker && row.Kind == KeyKind.Hirer && row.Embossed != true));
        return key is null ? visit : await lab.Do<EmbossKey, VisitStep>(branch.Custodian.Person, slice => slice.Handle(visit.Id, key.Id, default), visit.Version);
    }

    /// <summary>An agent's visit has two officers.</summary>
    private async Task<VisitStep> AskSecond(VisitStep visit)
    {
        visit = await lab.Do<AskSecondOfficer, VisitStep>(branch.Custodian.Person, slice => slice.Handle(visit.Id, default), visit.Version);
        var signature = await lab.Read(db => db.Set<Visit>().Where(row => row.Id == visit.Id).Select(row => row.SecondSignature!.Value).SingleAsync());
        await Joining.Sign(lab, signature, branch.Manager);
        return visit;
    }

    private async Task Admit(Letting letting, VisitStep visit, PersonId person, PersonId[] others)
    {
        var admission = await branch.AdmitNoting(visit, letting.Doubtful ? chance.Of(Notes) : null, chance.Of(Notes));
        if (admission.State == VisitState.Refused)
        {
            here--;
            // Whom a full vault turned away waits until somebody has left.
            if (admission.Rules.Any(rule => rule is { Id: "vault-room", Answer: Answer.Refuse })) agenda.In(15, () => Arrive(letting, person, others));
            return;
        }
        agenda.In(chance.Between(1, 2), async () =>
        {
            var alone = await branch.LeaveAlone(admission.Id, admission.Version);
            agenda.In(Math.Clamp(chance.LogNormal(median: 9, sigma: 0.69), 2, 50), async () =>
            {
                await lab.Background();
                var locked = await branch.LockUp(alone);
                agenda.In(1, async () =>
                {
                    await branch.CheckOut(locked);
                    here--;
                });
            });
        });
    }

    /// <summary>The manager's list on a quiet evening: what is older than some days is seen to, the last of it waits for the visitor.</summary>
    private async Task SeeToOldWarnings()
    {
        if (agenda.Today.DayOfWeek != DayOfWeek.Friday) return;
        var open = await lab.As(branch.Manager.Person, services => services.GetRequiredService<ReadVisitWarnings>().Open(branch.Branch, 0, default));
        foreach (var warning in open!.Warnings.Where(warning => warning.At < agenda.Now.AddDays(-4)))
            await lab.Do<SeeToVisitWarning, Done>(branch.Manager.Person, slice => slice.Handle(warning.Decision, default));
    }
}
