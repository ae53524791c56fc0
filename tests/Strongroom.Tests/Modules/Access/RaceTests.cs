using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Two acts that cannot both be true are let loose at once, over and over: exactly one wins, the other hears a plain refusal.</summary>
public abstract class RaceTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private const int Rounds = 10;

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Of_two_officers_who_admit_the_same_visit_one_is_refused()
    {
        var hire = await world.NewHire();
        for (var round = 0; round < Rounds; round++)
        {
            var visit = await Bank.Identify(await Bank.CheckIn(hire));

            var both = await Task.WhenAll(TryAdmit(visit), TryAdmit(visit));

            var won = both.Single(outcome => outcome.Refusal is null);
            both.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBeOneOf("stale", "changed-meanwhile", "access.act-does-not-fit");
            (await Inside()).ShouldBe(1);
            await Finish(won.Value!);
        }
    }

    [Fact]
    public async Task Of_two_officers_who_check_in_at_one_locker_one_is_refused()
    {
        var hire = await world.NewHire();
        for (var round = 0; round < Rounds; round++)
        {
            var both = await Task.WhenAll(TryCheckIn(hire), TryCheckIn(hire));

            both.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBeOneOf("access.locker-in-visit", "changed-meanwhile");
            var visit = both.Single(outcome => outcome.Refusal is null).Value!;
            await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.Mistake, null), default), visit.Version);
        }
    }

    [Fact]
    public async Task An_admission_that_looked_before_a_hold_was_placed_cannot_be_saved_after_it()
    {
        var hire = await world.NewHire();
        var visit = await Bank.Identify(await Bank.CheckIn(hire));

        await world.Lab.As(Bank.Custodian.Person, async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var row = await db.Set<Visit>().SingleAsync(row => row.Id == visit.Id);
            await db.LeanFirst(row, default);
            (await db.HoldsInForce(Bank.Lab.Now).AnyAsync(hold => hold.Agreement == hire.Agreement)).ShouldBeFalse();

            await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(HoldKind.Court, "order", null, "12/2026"), default));

            row.State = VisitState.Admitted;
            db.Append(new Act(Actor.System, Bank.Lab.Now, services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>()),
                new Event(AccessAudit.Admitted));
            var lost = await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            return lost;
        });

        (await Bank.Admit(visit)).Rules.ShouldContain(rule => rule.Id == "hold" && rule.Answer == Answer.Refuse);
    }

    [Fact]
    public async Task A_hold_placed_during_an_admission_wins_or_comes_after_it()
    {
        var hire = await world.NewHire();
        for (var round = 0; round < Rounds; round++)
        {
            var visit = await Bank.Identify(await Bank.CheckIn(hire));

            var admitting = TryAdmit(visit);
            var placing = Try<PlaceHold, HoldPlaced>(Bank.Manager, slice => slice.Handle(hire.Agreement, new(HoldKind.Suspicion, "asked by the police", null), default));
            await Task.WhenAll(admitting, placing);

            var (admission, hold) = (await admitting, await placing);
            (admission.Refusal is null || hold.Refusal is null).ShouldBeTrue("one of the two always gets through");
            if (admission.Value is { State: VisitState.Refused } refused) refused.Rules.ShouldContain(rule => rule.Id == "hold" && rule.Answer == Answer.Refuse);
            else if (admission.Refusal is { } lost) lost.Code.ShouldBe("changed-meanwhile");
            await CleanUp(visit.Id, admission, hire, hold);
        }
    }

    [Fact]
    public async Task A_day_that_closes_during_a_check_in_leaves_nobody_behind()
    {
        for (var round = 0; round < 3; round++)
        {
            var hire = await world.NewHire();
            var findings = await Bank.LastRound();
            var asked = await Bank.Lab.Do<CloseDay, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, findings, default));
            await Joining.Sign(Bank.Lab, asked.Mine, Bank.Custodian);
            await Joining.Sign(Bank.Lab, asked.Second, Bank.Manager);

            var closing = Try<CloseDay, DayClosed>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(findings, asked.Mine, asked.Second), default));
            var arriving = TryCheckIn(hire);
            await Task.WhenAll(closing, arriving);

            ((await closing).Refusal is null).ShouldNotBe((await arriving).Refusal is null, "exactly one of the two happens");
            if ((await arriving).Value is { } visit)
            {
                (await closing).Refusal!.Code.ShouldBeOneOf("access.visits-still-open", "changed-meanwhile");
                await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.Mistake, null), default), visit.Version);
                await Bank.CloseDay();
            }
            else
            {
                (await arriving).Refusal!.Code.ShouldBeOneOf("access.day-not-open", "changed-meanwhile");
            }
            world.Clock.Advance(TimeSpan.FromDays(1));
            await Bank.OpenDay();
        }
    }

    [Fact]
    public async Task A_vault_never_holds_more_parties_than_its_limit()
    {
        var hires = new[] { await world.NewHire(), await world.NewHire(), await world.NewHire(), await world.NewHire() };
        var visits = new List<VisitStep>();
        foreach (var hire in hires) visits.Add(await Bank.Identify(await Bank.CheckIn(hire)));

        var all = await Task.WhenAll(visits.Select(visit => TryAdmit(visit)));

        var admitted = all.Where(outcome => outcome.Value?.State == VisitState.Admitted).ToList();
        admitted.Count.ShouldBeInRange(1, 2);
        (await Inside()).ShouldBe(admitted.Count);
        foreach (var outcome in all.Where(outcome => outcome.Refusal is not null)) outcome.Refusal!.Code.ShouldBe("changed-meanwhile");
        foreach (var outcome in all.Where(outcome => outcome.Value?.State == VisitState.Refused))
            outcome.Value!.Rules.ShouldContain(rule => rule.Id == "vault-room" && rule.Answer == Answer.Refuse);
        foreach (var one in admitted) await Finish(one.Value!);
        foreach (var (visit, outcome) in visits.Zip(all).Where(pair => pair.Second.Refusal is not null))
            await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, null), default), visit.Version);
    }

    private Task<Outcome<Admission>> TryAdmit(VisitStep visit) =>
        Try<Admit, Admission>(Bank.Custodian, slice => slice.Handle(visit.Id, new("note"), default), visit.Version);

    private Task<Outcome<VisitStep>> TryCheckIn(Hire hire) =>
        Try<CheckIn, VisitStep>(Bank.CounterOfficer, slice => slice.Handle(new(hire.Agreement, hire.Hirer), default));

    private Task<Outcome<T>> Try<THandler, T>(Player who, Func<THandler, Task<Outcome<T>>> act, long? version = null) where THandler : notnull =>
        Task.Run(() => world.Lab.As(who.Person, services => act(services.GetRequiredService<THandler>()), version));

    private Task<int> Inside() => world.Read(db => db.VaultFacts().Where(vault => vault.Id == Bank.Vault).Select(vault => vault.PartiesInside).SingleAsync());

    private async Task CleanUp(VisitId visit, Outcome<Admission> admission, Hire hire, Outcome<HoldPlaced> hold)
    {
        if (hold.Value is { } placed)
            await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, placed.Id, new("settled"), default));
        if (admission.Value is { State: VisitState.Admitted } inside) await Finish(inside);
        else if (admission.Refusal is not null)
        {
            var version = await world.Read(db => db.VisitFacts().Where(row => row.Id == visit).Select(row => row.Version).SingleAsync());
            await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit, new(EndReason.Mistake, null), default), version);
        }
    }

    private async Task Finish(Admission admission) =>
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
}

public sealed class Races_on_sqlite(OpenDayWorld<Sqlite> world) : RaceTests<Sqlite>(world);

public sealed class Races_on_postgres(OpenDayWorld<Postgres> world) : RaceTests<Postgres>(world);
