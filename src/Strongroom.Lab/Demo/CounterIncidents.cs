using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>What goes otherwise than planned at one branch's counter and vault: an hour without power, a door found open, a clock that was wrong.</summary>
internal sealed class CounterIncidents(DemoBranch branch, Agenda agenda, DateOnly start)
{
    private readonly LabBank lab = branch.Lab;

    public void Plan()
    {
        On(4, new(10, 30), () => Technician("S. Patil, Godrej service"));
        On(13, new(16, 40), DoorFoundOpen);
        On(18, new(11, 40), ByThumb);
        On(26, new(16, 45), AfterPowerCut);
        On(28, new(17, 5), CorrectArrival);
        On(31, new(12, 20), () => Note(OccurrenceKind.WrongKey, "Brought the key of a bank in another town. Comes again on Friday.", "Told to bring the right one."));
        On(38, new(15, 20), VerifyKeys);
        On(46, new(14, 10), OpenASunday);
        On(56, new(16, 10), () => Note(OccurrenceKind.KeyLost, "Says the key was in a bag that was stolen. Report to the police promised.", answer: null));
    }

    private void On(int day, TimeOnly time, Func<Task> act) => agenda.At(branch.OpenFrom(start.AddDays(day)), time, act);

    /// <summary>Somebody who came to mend the door stands in the vault register, with the officer who led them.</summary>
    private async Task Technician(string who)
    {
        var vault = await lab.Read(db => db.VaultFacts().Where(row => row.Branch == branch.Branch).OrderBy(row => row.Name).Select(row => row.Id).FirstAsync());
        var officer = branch.Custodian.Person;
        var entered = await lab.Do<EnterVault, VaultEntered>(officer, slice => slice.Handle(vault, new(EntryPurpose.Technician, who), default));
        agenda.In(35, () => lab.Do<LeaveVault, Done>(officer, slice => slice.Handle(entered.Id, default)));
    }

    private async Task DoorFoundOpen()
    {
        var letting = await Quiet();
        var noted = await lab.Do<NoteOccurrence, OccurrenceNoted>(branch.Custodian.Person, slice => slice.Handle(
            branch.Branch, new(OccurrenceKind.DoorFoundOpen, letting.Number, null, "Ajar on the round at closing; shut before the manager, nothing seems touched.", DoorShut: true), default));
        agenda.In(25, () => See(noted.Id, "The hirer came, looked, and missed nothing."));
    }

    /// <summary>Led by her daughter, she signs by her thumb before an officer who has nothing else to do with the visit.</summary>
    private async Task ByThumb()
    {
        var letting = await Quiet();
        var visit = await branch.CheckIn(letting.Agreement, letting.Hirers[0]);
        visit = await lab.Do<Identify, VisitStep>(branch.CounterOfficer.Person, slice => slice.Handle(
            visit.Id, new(IdentityCheck.PhotographCompared, OperatorSign.ThumbImpression, branch.Manager.Person, "Her daughter"), default), visit.Version);
        var admission = await branch.AdmitNoting(visit, null, "Papers to be renewed at the next visit.");
        if (admission.State == VisitState.Admitted) await branch.CheckOut(await branch.LockUp(await branch.LeaveAlone(admission.Id, admission.Version)));
    }

    /// <summary>An hour without power: two slips of the pack that is printed ahead, entered in the afternoon by two officers.</summary>
    private async Task AfterPowerCut()
    {
        await Note(OccurrenceKind.PowerLost, "No power from 10:50 to 11:50; visits on paper slips.", "Both slips entered the same afternoon.");
        foreach (var (slip, came) in new[] { ("P-0001", new TimeOnly(10, 55)), ("P-0002", new TimeOnly(11, 20)) })
        {
            var letting = await Quiet();
            var paper = new PaperVisit(slip, agenda.Today, letting.Agreement, letting.Hirers[0], branch.Custodian.Person, IdentityCheck.PhotographCompared,
                came, came.AddMinutes(4), came.AddMinutes(13), came.AddMinutes(16), "No power");
            var asked = await lab.Do<EnterLateVisit, DaySignatures>(branch.Custodian.Person, slice => slice.Ask(branch.Branch, paper, default));
            await Joining.Sign(lab, asked.Mine, branch.Custodian);
            await Joining.Sign(lab, asked.Second, branch.Manager);
            await lab.Do<EnterLateVisit, VisitStep>(branch.Custodian.Person, slice => slice.Handle(branch.Branch, new(paper, asked.Mine, asked.Second), default));
        }
    }

    private async Task CorrectArrival()
    {
        // The manager approves it, and so had no part in the visit.
        var manager = branch.Manager.Person;
        var visit = await lab.Read(db => db.Set<Visit>().AsNoTracking().Where(row => row.Branch == branch.Branch && row.State == VisitState.Closed
            && row.IdentifiedBy != manager && row.Witness != manager && row.SecondOfficer != manager && row.EndedBy != manager).OrderByDescending(row => row.Id).FirstAsync());
        var correction = new Correction(CorrectedField.Arrived, visit.ArrivedAt.AddMinutes(-7).TimeIn(BranchPlans.Zone), null, "The clock of the counter was behind.");
        var asked = await lab.Do<CorrectVisit, CorrectionAsked>(branch.CounterOfficer.Person, slice => slice.Handle(visit.Id, correction, default));
        await Approving.Approve(lab, asked.Approval, branch.Manager);
    }

    /// <summary>By surprise, and by whomever the lot falls on.</summary>
    private async Task VerifyKeys()
    {
        var drawn = await lab.Do<DrawKeyCheck, KeyCheckDrawn>(branch.Manager.Person, slice => slice.Handle(branch.Branch, default));
        var keys = new KeysSeen(await lab.Read(db => db.CustodyFacts().Where(key => key.Branch == branch.Branch).Select(key => key.Key).ToListAsync()), null);
        var asked = await lab.Do<RecordKeyCheck, KeyCheckAsked>(drawn.Officer, slice => slice.Ask(drawn.Id, keys, default));
        await Joining.Sign(lab, asked.ShownBy, branch.Custodian);
        await lab.Do<RecordKeyCheck, Done>(drawn.Officer, slice => slice.Handle(drawn.Id, new(keys, asked.ShownBy), default));
    }

    /// <summary>Head office allows two hours on the Sunday before a wedding; nobody needed them in the end.</summary>
    private async Task OpenASunday()
    {
        var hours = new OutOfHoursRequest(agenda.Today.AddDays(7 - (int)agenda.Today.DayOfWeek), new(10, 0), new(12, 0), "Weddings in the town");
        var asked = await lab.Do<OpenOutOfHours, OutOfHoursAsked>(branch.Manager.Person, slice => slice.Ask(branch.Branch, hours, default));
        await Joining.Sign(lab, asked.Signature, branch.Admin);
        await lab.Do<OpenOutOfHours, Done>(branch.Manager.Person, slice => slice.Handle(branch.Branch, new(hours, asked.Signature), default));
    }

    /// <param name="answer">What the manager wrote about it; none when it still waits for the visitor.</param>
    private async Task Note(OccurrenceKind kind, string note, string? answer)
    {
        var noted = await lab.Do<NoteOccurrence, OccurrenceNoted>(branch.CounterOfficer.Person, slice => slice.Handle(branch.Branch, new(kind, null, null, note), default));
        if (answer is not null) agenda.In(20, () => See(noted.Id, answer));
    }

    private Task<Done> See(OccurrenceId occurrence, string answer) =>
        lab.Do<SeeToOccurrence, Done>(branch.Manager.Person, slice => slice.Handle(occurrence, new(answer), default));

    /// <summary>One hirer alone, no doubt about the papers, and nobody of theirs here today.</summary>
    private async Task<Letting> Quiet()
    {
        var today = agenda.Today.ToUtc(TimeOnly.MinValue, BranchPlans.Zone);
        var (busy, now) = (await lab.Read(db => db.VisitFacts().Where(row => row.Branch == branch.Branch && row.ArrivedAt >= today).Select(row => row.Agreement).ToListAsync()), lab.Now);
        var held = await lab.Read(db => db.HoldsInForce(now).Select(row => row.Agreement).ToListAsync());
        return branch.Lettings.First(letting => letting is { Doubtful: false, Hirers.Count: 1, Agent: null } && !busy.Contains(letting.Agreement) && !held.Contains(letting.Agreement));
    }
}
