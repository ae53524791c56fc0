using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>
/// The acts around a visit, each done twice at one instant or against the act that it must not meet: one wins, the other hears a refusal by its name,
/// and the record has the act once. What races with admission, check-in and day-close alone stands in <see cref="RaceTests{TEngine}"/>.
/// </summary>
public abstract class ActRaceTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private const int Rounds = 6;
    private const string Raced = "changed-meanwhile";

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Of_two_who_see_to_one_occurrence_one_answer_stands()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var noted = await world.Lab.Do<NoteOccurrence, OccurrenceNoted>(Bank.Custodian.Person, slice => slice.Handle(Bank.Branch, new(OccurrenceKind.PowerLost, null, null, "Dark"), default));

            await OneWins(
                Try<SeeToOccurrence, Done>(Bank.Manager, slice => slice.Handle(noted.Id, new("Called the board"), default)),
                Try<SeeToOccurrence, Done>(Bank.Manager, slice => slice.Handle(noted.Id, new("Started the generator"), default)),
                "access.occurrence-seen-already");

            (await Happened(noted.Id, AccessAudit.OccurrenceSeenTo)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_two_screens_on_which_one_officer_enters_the_vault_one_writes_the_register()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await OneWins(Enter(Bank.CounterOfficer), Enter(Bank.CounterOfficer), "access.inside-already");

            var entry = await world.Read(db => db.Set<VaultEntry>().Where(row => row.Officer == Bank.CounterOfficer.Person && row.LeftAt == null).Select(row => row.Id).SingleAsync());
            await OneWins(Leave(Bank.CounterOfficer, entry), Leave(Bank.Custodian, entry), "access.left-already");
            (await Happened(entry, AccessAudit.VaultLeft)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task Of_two_records_of_one_key_check_one_stands_and_uses_the_custodians_signature()
    {
        for (var round = 0; round < 3; round++)
        {
            var drawn = await world.Lab.Do<DrawKeyCheck, KeyCheckDrawn>(Bank.Manager.Person, slice => slice.Handle(Bank.Branch, default));
            var keys = await world.Read(db => db.CustodyFacts().Where(key => key.Branch == Bank.Branch).Select(key => key.Key).ToListAsync());
            var (all, none) = (new KeysSeen(keys, null), new KeysSeen([], "Not shown"));
            var officer = drawn.Officer == Bank.Manager.Person ? Bank.Manager : Bank.CounterOfficer;
            var shown = await Shown(drawn, officer, all);
            var notShown = await Shown(drawn, officer, none);

            await OneWins(
                Try<RecordKeyCheck, Done>(officer, slice => slice.Handle(drawn.Id, new(all, shown), default)),
                Try<RecordKeyCheck, Done>(officer, slice => slice.Handle(drawn.Id, new(none, notShown), default)),
                "keys.check-done");

            var check = await world.Read(db => db.Set<KeyCheck>().SingleAsync(row => row.Id == drawn.Id));
            check.ShownBy.ShouldBe(check.Missing!.Length == 0 ? shown : notShown);
            (await world.Read(db => db.Signed(check.Missing.Length == 0 ? notShown : shown).AnyAsync())).ShouldBeTrue("the loser's signature is not used up");
        }
    }

    [Fact]
    public async Task Of_two_lots_for_one_surprise_one_is_drawn()
    {
        var both = await Together(Draw(), Draw());

        both.Single(one => one.Refusal is not null).Refusal!.Code.ShouldBeOneOf("keys.check-waits", Raced);
        var check = both.Single(one => one.Refusal is null).Value!;
        var officer = check.Officer == Bank.Manager.Person ? Bank.Manager : Bank.CounterOfficer;
        var shown = await Shown(check, officer, new([], "None"));
        await world.Lab.Do<RecordKeyCheck, Done>(officer.Person, slice => slice.Handle(check.Id, new(new([], "None"), shown), default));

        Task<Outcome<KeyCheckDrawn>> Draw() => Try<DrawKeyCheck, KeyCheckDrawn>(Bank.Manager, slice => slice.Handle(Bank.Branch, default));
    }

    [Fact]
    public async Task A_slip_that_two_officers_enter_at_once_is_entered_once_and_its_hirer_told_once()
    {
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        for (var round = 0; round < 3; round++)
        {
            var hire = await world.NewHire();
            var slip = new PaperVisit($"race-{round}", today, hire.Agreement, hire.Hirer, Bank.Custodian.Person, IdentityCheck.PhotographCompared,
                new(10, 0), new(10, 5), new(10, 10), new(10, 15), "No power");
            var (one, other) = (await Signed(Bank.Custodian, slip), await Signed(Bank.SecondCustodian, slip));

            await OneWins(
                Try<EnterLateVisit, VisitStep>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(slip, one.Mine, one.Second), default)),
                Try<EnterLateVisit, VisitStep>(Bank.SecondCustodian, slice => slice.Handle(Bank.Branch, new(slip, other.Mine, other.Second), default)),
                "access.slip-entered");

            var visit = await world.Read(db => db.Set<Visit>().Where(row => row.Agreement == hire.Agreement).SingleAsync());
            (await world.Read(db => db.Set<Obligation>().CountAsync(row => row.Agreement == hire.Agreement))).ShouldBe(1);
            (await Happened(visit.Id, AccessAudit.LateEntered)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task One_request_corrects_a_visit_once()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        for (var round = 0; round < 3; round++)
        {
            var correction = new Correction(CorrectedField.Arrived, new(9, round), null, "The clock was wrong");
            var asked = await world.Lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(admission.Id, correction, default));
            var signing = await world.Lab.Do<Approve, ApprovalSignatureAsked>(Bank.Manager.Person, slice => slice.Ask(asked.Approval, default));
            await Joining.Sign(world.Lab, signing.Signature, Bank.Manager);

            await OneWins(
                Try<Approve, RequestApproved>(Bank.Manager, slice => slice.Handle(asked.Approval, new(signing.Signature), default)),
                Try<Approve, RequestApproved>(Bank.Manager, slice => slice.Handle(asked.Approval, new(signing.Signature), default)),
                "approvals.over", "approvals.changed");

            (await world.Read(db => db.Set<VisitCorrection>().CountAsync(row => row.Visit == admission.Id))).ShouldBe(round + 1);
        }
    }

    [Fact]
    public async Task Of_two_corrections_of_one_visit_that_are_approved_at_once_one_stands()
    {
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(await world.NewHire())));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        for (var round = 0; round < Rounds; round++)
        {
            var (one, other) = (await Signed(new(8, round)), await Signed(new(9, round)));

            await OneWins(
                Try<Approve, RequestApproved>(Bank.Manager, slice => slice.Handle(one.Approval, new(one.Signature), default)),
                Try<Approve, RequestApproved>(Bank.Manager, slice => slice.Handle(other.Approval, new(other.Signature), default)),
                "approvals.changed");

            (await world.Read(db => db.Set<VisitCorrection>().CountAsync(row => row.Visit == admission.Id))).ShouldBe(round + 1);
        }

        async Task<(ApprovalId Approval, SignatureId Signature)> Signed(TimeOnly time)
        {
            var asked = await world.Lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(admission.Id, new(CorrectedField.Arrived, time, null, "The clock was wrong"), default));
            var signing = await world.Lab.Do<Approve, ApprovalSignatureAsked>(Bank.Manager.Person, slice => slice.Ask(asked.Approval, default));
            await Joining.Sign(world.Lab, signing.Signature, Bank.Manager);
            return (asked.Approval, signing.Signature);
        }
    }

    [Fact]
    public async Task A_hirer_who_freezes_at_the_moment_of_admission_is_heard_before_the_door_opens()
    {
        var hire = await world.NewHire();
        var hirer = await Bank.OpenAccess(hire, "freezes.at.once");
        for (var round = 0; round < Rounds; round++)
        {
            var visit = await Bank.Identify(await Bank.CheckIn(hire));

            var admitting = Try<Admit, Admission>(Bank.Custodian, slice => slice.Handle(visit.Id, new("note"), default), visit.Version);
            var freezing = Try<FreezeLocker, HoldPlaced>(hirer, slice => slice.Handle(hire.Agreement, default));
            await Task.WhenAll(admitting, freezing);

            var (admission, freeze) = (await admitting, await freezing);
            (admission.Refusal is null || freeze.Refusal is null).ShouldBeTrue("one of the two always gets through");
            if (admission.Refusal is { } lost) lost.Code.ShouldBe(Raced);
            if (freeze.Refusal is { } late) late.Code.ShouldBe(Raced);
            if (admission.Value is { State: VisitState.Refused } refused) refused.Rules.ShouldContain(rule => rule.Id == "hold" && rule.Answer == Answer.Refuse);
            if (admission.Value is { State: VisitState.Admitted } inside)
            {
                if (freeze.Refusal is null) (await Alone(inside)).Refusal!.Code.ShouldBe("access.hold-since-admitted");
                await world.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(inside.Id, new(EndReason.Mistake, null), default), inside.Version);
            }
            else if (admission.Refusal is not null)
            {
                await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.Mistake, null), default), visit.Version);
            }
            if (freeze.Refusal is null) await world.Lab.Do<UnfreezeAtCounter, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(hire.Hirer, HirerCheck.IdentityDocument), default));
        }
        (await Inside()).ShouldBe(0);
    }

    [Fact]
    public async Task A_hold_placed_as_the_door_is_opened_keeps_it_shut_or_comes_after_it()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var hire = await world.NewHire();
            var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));

            var opening = Alone(admission);
            var placing = Try<PlaceHold, HoldPlaced>(Bank.Manager, slice => slice.Handle(hire.Agreement, new(HoldKind.Suspicion, "asked by the police", null), default));
            await Task.WhenAll(opening, placing);

            var (opened, hold) = (await opening, await placing);
            (opened.Refusal is null || hold.Refusal is null).ShouldBeTrue("one of the two always gets through");
            if (hold.Refusal is { } late) late.Code.ShouldBe(Raced);
            (await world.Read(db => db.Set<Obligation>().CountAsync(row => row.Visit == admission.Id))).ShouldBe(opened.Refusal is null ? 1 : 0);
            if (opened.Refusal is { } kept)
            {
                kept.Code.ShouldBeOneOf("access.hold-since-admitted", Raced);
                await world.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(admission.Id, new(EndReason.Mistake, null), default), admission.Version);
            }
            else
            {
                var (since, door) = await world.Read(async db => (
                    await db.Set<Hold>().Where(row => row.Agreement == hire.Agreement).Select(row => (DateTime?)row.Since).SingleOrDefaultAsync(),
                    await db.Set<Visit>().Where(row => row.Id == admission.Id).Select(row => row.AloneAt).SingleAsync()));
                if (since is not null) since.Value.ShouldBeGreaterThanOrEqualTo(door!.Value);
                await Bank.CheckOut(await Bank.LockUp(opened.Value!));
            }
        }
        (await Inside()).ShouldBe(0);
    }

    [Fact]
    public async Task An_act_that_is_taken_back_as_the_next_is_done_leaves_one_of_the_two()
    {
        var hire = await world.NewHire();
        for (var round = 0; round < Rounds; round++)
        {
            var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));

            var (opening, undoing) = (Alone(admission), Try<UndoAct, VisitStep>(Bank.Custodian, slice => slice.Handle(admission.Id, default), admission.Version));
            await Task.WhenAll(opening, undoing);

            ((await opening).Refusal is null).ShouldNotBe((await undoing).Refusal is null);
            ((await opening).Refusal ?? (await undoing).Refusal)!.Code.ShouldBeOneOf("stale", Raced, "access.act-does-not-fit");
            (await Inside()).ShouldBe((await opening).Refusal is null ? 1 : 0);
            if ((await opening).Value is { } alone) await Bank.CheckOut(await Bank.LockUp(alone));
            else await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(admission.Id, new(EndReason.Mistake, null), default), (await undoing).Value!.Version);
        }
    }

    [Fact]
    public async Task Of_two_officers_who_let_one_party_out_one_counts_it()
    {
        var hire = await world.NewHire();
        for (var round = 0; round < Rounds; round++)
        {
            var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
            var locked = await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version));

            await OneWins(Out(Bank.Custodian, locked), Out(Bank.SecondCustodian, locked), "stale", "access.act-does-not-fit");

            (await Inside()).ShouldBe(0);
        }

        Task<Outcome<VisitStep>> Out(Player officer, VisitStep visit) => Try<CheckOut, VisitStep>(officer, slice => slice.Handle(visit.Id, default), visit.Version);
    }

    [Fact]
    public async Task An_officer_who_saw_the_party_inside_before_a_colleague_let_it_out_looks_again_and_counts_nothing()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        var locked = await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version));
        var looks = 0;

        var outcome = await world.Lab.As(Bank.SecondCustodian.Person, services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            return services.GetRequiredService<Write>().Do<VisitStep>("access.check-out", new { locked.Id }, async act =>
            {
                var (visit, refusal) = await db.Find(act, locked.Id, AccessRights.Serve, VisitAct.CheckOut, default);
                if (visit is null) return refusal!;
                // Between the look at the visit and the look at the vault's count.
                if (++looks == 1) await Bank.CheckOut(locked);
                (visit.State, visit.EndedAt, visit.EndedBy) = (VisitState.Closed, act.Now, act.Actor.Person);
                await db.ComeOut(visit, default);
                db.Append(act, new Event(AccessAudit.CheckedOut).About(visit));
                return VisitSteps.Next(visit);
            }, default);
        }, locked.Version);

        outcome.Refusal!.Code.ShouldBe("stale");
        (looks, await Inside()).ShouldBe((1, 0));
        (await Happened(locked.Id, AccessAudit.CheckedOut)).ShouldBe(1);
    }

    [Fact]
    public async Task A_day_that_closes_as_an_officer_enters_the_vault_leaves_nobody_behind()
    {
        for (var round = 0; round < 3; round++)
        {
            var findings = await Bank.LastRound();
            var asked = await world.Lab.Do<CloseDay, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, findings, default));
            await Joining.Sign(world.Lab, asked.Mine, Bank.Custodian);
            await Joining.Sign(world.Lab, asked.Second, Bank.Manager);

            var closing = Try<CloseDay, DayClosed>(Bank.Custodian, slice => slice.Handle(Bank.Branch, new(findings, asked.Mine, asked.Second), default));
            var entering = Enter(Bank.CounterOfficer);
            await Task.WhenAll(closing, entering);

            ((await closing).Refusal is null).ShouldNotBe((await entering).Refusal is null, "exactly one of the two happens");
            if ((await entering).Value is { } entry)
            {
                (await closing).Refusal!.Code.ShouldBeOneOf("access.officers-inside", Raced);
                await world.Lab.Do<LeaveVault, Done>(Bank.CounterOfficer.Person, slice => slice.Handle(entry.Id, default));
                await Bank.CloseDay();
            }
            else
            {
                (await entering).Refusal!.Code.ShouldBeOneOf("access.vault-not-open", Raced);
            }
            world.Clock.Advance(TimeSpan.FromDays(1));
            await Bank.OpenDay();
        }
    }

    [Fact]
    public async Task A_complaint_link_pressed_twice_at_once_opens_one_complaint_and_one_manager_sees_to_it()
    {
        for (var round = 0; round < 3; round++)
        {
            var hire = await world.NewHire();
            var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
            await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
            var path = await world.Read(db => db.ComplaintPath(world.App.Services.GetRequiredService<Seals>(), admission.Id, hire.Hirer, default));

            var both = await Task.WhenAll(Press(path!), Press(path!));

            both[0].Value!.Number.ShouldBe(both[1].Value!.Number);
            var complaint = await world.Read(db => db.Set<Complaint>().Where(row => row.Agreement == hire.Agreement).Select(row => row.Id).SingleAsync());
            await OneWins(SeeTo(), SeeTo(), "contact.complaint-seen-already");
            (await Happened(complaint, ContactAudit.ComplaintSeen)).ShouldBe(1);

            Task<Outcome<Done>> SeeTo() => Try<SeeToComplaint, Done>(Bank.Manager, slice => slice.Handle(complaint, default));
        }

        Task<Outcome<ComplaintOpened>> Press(string path) =>
            Task.Run(() => world.In(services => services.GetRequiredService<OpenComplaint>().Handle(path.Split('/')[^1], default), Actor.Nobody("192.0.2.9")));
    }

    /// <summary>Lets both loose: one is done, the other is refused by one of these names or as having met a change.</summary>
    private static async Task OneWins<T>(Task<Outcome<T>> one, Task<Outcome<T>> other, params string[] names)
    {
        var both = await Together(one, other);
        both.Count(outcome => outcome.Refusal is null).ShouldBe(1, string.Join(", ", both.Select(outcome => outcome.Refusal?.Code ?? "done")));
        both.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBeOneOf([.. names, Raced]);
    }

    private static Task<Outcome<T>[]> Together<T>(Task<Outcome<T>> one, Task<Outcome<T>> other) => Task.WhenAll(one, other);

    private Task<Outcome<VaultEntered>> Enter(Player officer) => Try<EnterVault, VaultEntered>(officer, slice => slice.Handle(Bank.Vault, new(EntryPurpose.Inspection, null), default));

    private Task<Outcome<Done>> Leave(Player officer, VaultEntryId entry) => Try<LeaveVault, Done>(officer, slice => slice.Handle(entry, default));

    private Task<Outcome<VisitStep>> Alone(Admission admission) => Try<LeaveAlone, VisitStep>(Bank.Custodian, slice => slice.Handle(admission.Id, default), admission.Version);

    private Task<Outcome<T>> Try<THandler, T>(Player who, Func<THandler, Task<Outcome<T>>> act, long? version = null) where THandler : notnull =>
        Task.Run(() => world.Lab.As(who.Person, services => act(services.GetRequiredService<THandler>()), version));

    private async Task<DaySignatures> Signed(Player officer, PaperVisit slip)
    {
        var asked = await world.Lab.Do<EnterLateVisit, DaySignatures>(officer.Person, slice => slice.Ask(Bank.Branch, slip, default));
        await Joining.Sign(world.Lab, asked.Mine, officer);
        await Joining.Sign(world.Lab, asked.Second, Bank.Manager);
        return asked;
    }

    private async Task<SignatureId> Shown(KeyCheckDrawn drawn, Player officer, KeysSeen seen)
    {
        var asked = await world.Lab.Do<RecordKeyCheck, KeyCheckAsked>(officer.Person, slice => slice.Ask(drawn.Id, seen, default));
        await Joining.Sign(world.Lab, asked.ShownBy, Bank.Custodian);
        return asked.ShownBy;
    }

    private Task<int> Inside() => world.Read(db => db.VaultFacts().Where(vault => vault.Id == Bank.Vault).Select(vault => vault.PartiesInside).SingleAsync());

    private Task<int> Happened<TNoun>(Id<TNoun> about, AuditKind kind) where TNoun : INoun => world.Read(db =>
        (from subject in db.Set<AuditSubject>()
         join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
         where subject.Kind == Subject.KindOf<TNoun>() && subject.Id == about.Value && happened.Kind == kind.Name
         select happened).CountAsync());
}

public sealed class Act_races_on_sqlite(OpenDayWorld<Sqlite> world) : ActRaceTests<Sqlite>(world);

public sealed class Act_races_on_postgres(OpenDayWorld<Postgres> world) : ActRaceTests<Postgres>(world);
