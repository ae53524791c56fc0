using CsCheck;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
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
using Strongroom.Modules.Contact;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>
/// Days as no story would tell them: any officer tries any act at any time, through the real handlers. Whatever they try, the bank's rules hold after each
/// act (<see cref="Invariants"/>), a refusal changes nothing, and every evening the day can be brought to its end.
/// STRONGROOM_TEST_SEQUENCES asks for so many sequences with seeds of their own; CsCheck_Seed repeats the one that a failure names.
/// </summary>
public abstract class DaySequenceTests<TEngine>(ITestOutputHelper output) : BankWorld<TEngine> where TEngine : IEngine
{
    private const string Zone = "Asia/Kolkata";

    /// <summary>The sequence that every run of the tests has; more come by the environment variable.</summary>
    private const string Usual = "0N0XIzNsQ0O2";

    private readonly List<string> trail = [];
    private readonly List<Hire> hires = [];
    private readonly List<OccurrenceId> occurrences = [];
    private Invariants invariants = null!;
    private Player hirer = null!;
    private int slips;

    /// <param name="Act">Which act, by its place in <see cref="Acts"/>.</param>
    /// <param name="Who">Which officer.</param>
    /// <param name="Which">Of several visits, lockers, keys: which.</param>
    /// <param name="How">Every other choice that the act has.</param>
    private readonly record struct Try(int Act, int Who, int Which, int How);

    private static readonly Gen<Try[]> Sequences =
        Gen.Select(Gen.Int[0, 999], Gen.Int[0, 99], Gen.Int[0, 999], Gen.Int[0, 999], (act, who, which, how) => new Try(act, who, which, how)).Array[150];

    [Fact]
    public async Task Whatever_officers_try_nobody_is_locked_in_and_every_rule_of_the_record_holds()
    {
        var many = int.TryParse(Environment.GetEnvironmentVariable("STRONGROOM_TEST_SEQUENCES"), out var asked) ? asked : 0;
        var given = Environment.GetEnvironmentVariable("CsCheck_Seed");
        await SetTheStage();

        // A failed sequence leaves a bank behind in which no later one means anything.
        var failed = false;
        await Sequences.SampleAsync(async tries =>
        {
            if (failed) return;
            failed = true;
            await Live(tries);
            failed = false;
        }, seed: given ?? (many == 0 ? Usual : null), iter: Math.Max(1, many), threads: 1);

        output.WriteLine($"{trail.Count} acts, {trail.Count(line => line.EndsWith(": done", StringComparison.Ordinal))} of them done");
        foreach (var line in trail.Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).CountBy(line => line).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            output.WriteLine($"{line.Value,5} {line.Key}");
        // A sequence that only ever hears refusals proves nothing.
        foreach (var act in new[] { nameof(CheckIn), nameof(Admit), nameof(LeaveAlone), nameof(CheckOut), nameof(CloseDay) })
            trail.ShouldContain(line => line.EndsWith($" {act}: done", StringComparison.Ordinal), act);
    }

    private async Task SetTheStage()
    {
        for (var hire = 0; hire < 4; hire++) hires.Add(await NewHire());
        hirer = await Bank.OpenAccess(hires[0], "asha.freezes");
        await Lab.Do<RegisterGuardKey, KeyRegistered>(Bank.Manager.Person, slice => slice.Handle(new(Bank.Vault, "G-2"), default));
        await Bank.OpenDay();
        invariants = await Invariants.Begin(this);
    }

    private async Task Live(Try[] tries)
    {
        try
        {
            foreach (var one in tries) await Pick(one.Act)(one);
            await Evening();
        }
        catch (Exception)
        {
            output.WriteLine(string.Join('\n', trail.TakeLast(40)));
            throw;
        }
    }

    private (int Weight, Func<Try, Task> Do)[] Acts =>
    [
        (16, CheckIn), (60, Onward), (3, Identify), (5, Admit), (4, LeaveAlone), (3, LockUp), (3, CheckOut), (6, Undo), (3, Leave), (3, Abort),
        (5, PlaceHold), (6, LiftHold), (2, Freeze), (4, Unfreeze),
        (5, EnterVault), (5, LeaveVault), (4, NoteOccurrence), (4, SeeToOccurrence),
        (4, HandOver), (3, CheckKeys), (3, LateSlip), (4, Correct), (2, CloseDay), (2, OpenDay), (5, TimePasses), (1, _ => Evening()),
    ];

    private Func<Try, Task> Pick(int number)
    {
        var at = number % Acts.Sum(act => act.Weight);
        foreach (var (weight, act) in Acts)
        {
            if (at < weight) return act;
            at -= weight;
        }
        throw new InvalidOperationException("The weights are the sum of themselves.");
    }

    private Task CheckIn(Try one)
    {
        var (hire, other) = (hires[one.Which % hires.Count], hires[one.How % hires.Count]);
        // Now and then somebody else's locker.
        var person = one.How % 8 == 0 ? other.Hirer : hire.Hirer;
        return Attempt<CheckIn, VisitStep>(Officer(one.Who), slice => slice.Handle(new(hire.Agreement, person), default));
    }

    /// <summary>As on a good day: some open visit goes on by its next act.</summary>
    private async Task Onward(Try one)
    {
        var open = await Read(db => db.VisitFacts().Where(row => row.EndedAt == null).OrderBy(row => row.Number).ToListAsync());
        if (open.Count == 0)
        {
            await CheckIn(one with { How = 1 });
            return;
        }
        var (visit, fine) = (open[one.Which % open.Count], one with { Who = 0, How = 1 });
        await (visit.State switch
        {
            VisitState.Waiting => By<Identify, VisitStep>(fine, visit, (slice, id) => slice.Handle(id, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned), default)),
            VisitState.Identified => By<Admit, Admission>(fine, visit, (slice, id) => slice.Handle(id, new("Spoke about the rent"), default)),
            VisitState.Admitted => By<LeaveAlone, VisitStep>(fine, visit, (slice, id) => slice.Handle(id, default)),
            VisitState.Alone => By<LockUp, VisitStep>(fine, visit, (slice, id) => slice.Handle(id, new(true, true, true), default)),
            _ => By<CheckOut, VisitStep>(fine, visit, (slice, id) => slice.Handle(id, default)),
        });
    }

    private Task Identify(Try one) => OnVisit<Identify, VisitStep>(one, [VisitState.Waiting], (slice, visit) => slice.Handle(visit, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned), default));

    private Task Admit(Try one) => OnVisit<Admit, Admission>(one, [VisitState.Identified], (slice, visit) => slice.Handle(visit, new(one.How % 5 == 0 ? null : "Spoke about the rent"), default));

    private Task LeaveAlone(Try one) => OnVisit<LeaveAlone, VisitStep>(one, [VisitState.Admitted], (slice, visit) => slice.Handle(visit, new LeaveAloneRequest(one.How % 4 == 0), default));

    private Task LockUp(Try one) => OnVisit<LockUp, VisitStep>(one, [VisitState.Alone], (slice, visit) => slice.Handle(visit, new(true, true, true), default));

    private Task CheckOut(Try one) => OnVisit<CheckOut, VisitStep>(one, [VisitState.Locked], (slice, visit) => slice.Handle(visit, default));

    private Task Undo(Try one) => OnVisit<UndoAct, VisitStep>(one, Enum.GetValues<VisitState>(), (slice, visit) => slice.Handle(visit, default));

    private Task Leave(Try one) => OnVisit<EndVisit, VisitStep>(one, [VisitState.Waiting, VisitState.Identified], (slice, visit) => slice.Leave(visit, new(EndReason.HirerLeft, "Had to go"), default));

    private Task Abort(Try one) => OnVisit<EndVisit, VisitStep>(one, [VisitState.Admitted], (slice, visit) => slice.Abort(visit, new(EndReason.LockJammed, null), default));

    private Task PlaceHold(Try one) => Attempt<PlaceHold, HoldPlaced>(Officer(one.Who), slice => slice.Handle(
        hires[one.Which % hires.Count].Agreement, new(one.How % 2 == 0 ? HoldKind.Suspicion : HoldKind.Arrears, "A reason", null), default));

    private async Task LiftHold(Try one)
    {
        var holds = await Read(db => db.Set<Hold>().OrderByDescending(row => row.Since).ThenBy(row => row.Id).Take(4).Select(row => new { row.Id, row.Agreement }).ToListAsync());
        if (holds.Count == 0) return;
        var hold = holds[one.Which % holds.Count];
        await Attempt<LiftHold, HoldLifted>(Officer(one.Who), slice => slice.Handle(hold.Agreement, hold.Id, new("Settled"), default));
    }

    private Task Freeze(Try one) => Attempt<FreezeLocker, HoldPlaced>(hirer, slice => slice.Handle(hires[one.How % 4 == 0 ? 1 : 0].Agreement, default));

    private Task Unfreeze(Try one) => Attempt<UnfreezeAtCounter, Done>(Officer(one.Who), slice => slice.Handle(hires[0].Agreement, new(hires[0].Hirer, HirerCheck.IdentityDocument), default));

    private Task EnterVault(Try one) => Attempt<EnterVault, VaultEntered>(Officer(one.Who), slice => slice.Handle(
        Bank.Vault, one.How % 3 == 0 ? new(EntryPurpose.Technician, one.How % 2 == 0 ? "S. Patil" : null) : new(EntryPurpose.Inspection, null), default));

    private async Task LeaveVault(Try one)
    {
        var entries = await Read(db => db.Set<VaultEntry>().OrderByDescending(row => row.EnteredAt).ThenBy(row => row.Id).Take(3).Select(row => row.Id).ToListAsync());
        if (entries.Count > 0) await Attempt<LeaveVault, Done>(Officer(one.Who), slice => slice.Handle(entries[one.Which % entries.Count], default));
    }

    private async Task NoteOccurrence(Try one)
    {
        var noted = await Attempt<NoteOccurrence, OccurrenceNoted>(Officer(one.Who), slice => slice.Handle(Bank.Branch, one.How % 2 == 0
            ? new(OccurrenceKind.DoorFoundOpen, hires[one.Which % hires.Count].Number, null, "Open", DoorShut: one.How % 3 != 0)
            : new(OccurrenceKind.PowerLost, null, null, "Dark"), default));
        if (noted.Value is { } occurrence) occurrences.Add(occurrence.Id);
    }

    private Task SeeToOccurrence(Try one) => occurrences.Count == 0 ? Task.CompletedTask
        : Attempt<SeeToOccurrence, Done>(Officer(one.Who), slice => slice.Handle(occurrences[^(one.Which % Math.Min(3, occurrences.Count) + 1)], new("Looked after it"), default));

    private async Task HandOver(Try one)
    {
        var keys = await Read(db => db.CustodyFacts().Where(key => key.Branch == Bank.Branch && key.Vault != null).OrderBy(key => key.Number).Select(key => new { key.Key, key.Holder }).ToListAsync());
        var (moved, to) = (keys[one.Which % keys.Count], one.How % 4 == 0 ? (Player?)null : Officer(one.How));
        var what = new HandOverRequest([moved.Key], to?.Person);
        var asker = Officer(one.Who);
        var asked = await Attempt<HandOverKey, HandOverSignatures>(asker, slice => slice.Ask(what, default), "AskHandOver");
        if (asked.Value is not { } questions) return;
        var giver = moved.Holder is { } holder ? Known(holder) : Another(to, one.Which);
        await Sign(questions.Gives, giver);
        await Sign(questions.Takes, to ?? Another(giver, one.Which));
        await Attempt<HandOverKey, Done>(asker, slice => slice.Handle(new(what, questions.Gives, questions.Takes), default));
    }

    private async Task CheckKeys(Try one)
    {
        await Attempt<DrawKeyCheck, KeyCheckDrawn>(Officer(one.Who), slice => slice.Handle(Bank.Branch, default));
        var waiting = await Read(db => db.KeyCheckFacts().Where(check => check.DoneAt == null).Select(check => new { check.Id, check.Officer }).SingleOrDefaultAsync());
        if (waiting is null) return;
        var drawn = Known(waiting.Officer);
        var seen = new KeysSeen([], "Nobody showed them");
        var asked = await Attempt<RecordKeyCheck, KeyCheckAsked>(drawn, slice => slice.Ask(waiting.Id, seen, default), "AskKeyCheck");
        if (asked.Value is not { } question) return;
        await Sign(question.ShownBy, Another(drawn, one.Which));
        await Attempt<RecordKeyCheck, Done>(drawn, slice => slice.Handle(waiting.Id, new(seen, question.ShownBy), default));
    }

    private async Task LateSlip(Try one)
    {
        var hire = hires[one.Which % hires.Count];
        var local = Lab.Now.TimeIn(Zone);
        var left = local.AddMinutes(-(one.How % 120));
        var paper = new PaperVisit(one.How % 3 == 0 ? $"S-{slips}" : $"S-{++slips}", Lab.Now.DateIn(Zone), hire.Agreement, hire.Hirer, Bank.Custodian.Person, IdentityCheck.PhotographCompared,
            left.AddMinutes(-9), left.AddMinutes(-8), left.AddMinutes(-2), left, "No power");
        var officer = Officer(one.Who);
        var asked = await Attempt<EnterLateVisit, DaySignatures>(officer, slice => slice.Ask(Bank.Branch, paper, default), "AskLateVisit");
        if (asked.Value is not { } questions) return;
        await Sign(questions.Mine, officer);
        await Sign(questions.Second, Another(officer, one.Which));
        await Attempt<EnterLateVisit, VisitStep>(officer, slice => slice.Handle(Bank.Branch, new(paper, questions.Mine, questions.Second), default));
    }

    private async Task Correct(Try one)
    {
        if (await AVisit(one, [VisitState.Closed, VisitState.Refused]) is not { } visit) return;
        var correction = new Correction(one.How % 2 == 0 ? CorrectedField.Arrived : CorrectedField.Opened, new(10, one.How % 60), null, "The clock was wrong");
        var officer = Officer(one.Who);
        var asked = await Attempt<CorrectVisit, CorrectionAsked>(officer, slice => slice.Handle(visit.Id, correction, default));
        if (asked.Value is not { } request) return;
        var approver = one.How % 3 == 0 ? Another(officer, one.Which) : Bank.Manager;
        var signing = await Attempt<Approve, ApprovalSignatureAsked>(approver, slice => slice.Ask(request.Approval, default), "AskToApprove");
        if (signing.Value is not { } question) return;
        await Sign(question.Signature, approver);
        await Attempt<Approve, RequestApproved>(approver, slice => slice.Handle(request.Approval, new(question.Signature), default));
    }

    private async Task CloseDay(Try one) => await Close(Officer(one.Who), Another(Officer(one.Who), one.Which), one.How % 4 == 0);

    private async Task<bool> Close(Player officer, Player second, bool careless)
    {
        var found = await Bank.LastRound();
        if (careless) found = found with { KeysCounted = found.KeysCounted - 1 };
        var asked = await Attempt<CloseDay, DaySignatures>(officer, slice => slice.Ask(Bank.Branch, found, default), "AskCloseDay");
        if (asked.Value is not { } questions) return false;
        await Sign(questions.Mine, officer);
        await Sign(questions.Second, second);
        return (await Attempt<CloseDay, DayClosed>(officer, slice => slice.Handle(Bank.Branch, new(found, questions.Mine, questions.Second), default))).Refusal is null;
    }

    private Task OpenDay(Try one) => Open(Officer(one.Who), Another(Officer(one.Who), one.Which));

    private async Task Open(Player officer, Player second)
    {
        var asked = await Attempt<OpenDay, DaySignatures>(officer, slice => slice.Ask(Bank.Branch, default), "AskOpenDay");
        if (asked.Value is not { } questions) return;
        await Sign(questions.Mine, officer);
        await Sign(questions.Second, second);
        await Attempt<OpenDay, DayOpened>(officer, slice => slice.Handle(Bank.Branch, new(questions.Mine, questions.Second), default));
    }

    private async Task TimePasses(Try one)
    {
        Clock.Advance(TimeSpan.FromMinutes(one.How % 12 + 1));
        await Jobs();
    }

    /// <summary>What was not told in time is marked, and who is inside for long is noticed.</summary>
    private async Task Jobs()
    {
        await In(async services =>
        {
            await services.GetRequiredService<MarkObligationsPastDue>().Run(Lab.Now, default);
            await services.GetRequiredService<NoteLongVisits>().Run(Lab.Now, default);
            return 0;
        });
        await invariants.HoldAfterJobs(Lab.Now);
    }

    /// <summary>
    /// Wherever the day stands, a custodian can bring it to its end: whoever is inside is led out, the officers write themselves out, two close. A new one begins
    /// on the next working day.
    /// </summary>
    private async Task Evening()
    {
        foreach (var visit in await Read(db => db.VisitFacts().Where(row => row.EndedAt == null).OrderBy(row => row.Number).ToListAsync()))
        {
            var (state, version) = (visit.State, visit.Version);
            while (!VisitLife.Ended(state))
            {
                var step = await (state switch
                {
                    VisitState.Waiting or VisitState.Identified => Attempt<EndVisit, VisitStep>(Bank.Custodian, slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, null), default), version: version),
                    VisitState.Admitted => Attempt<EndVisit, VisitStep>(Bank.Custodian, slice => slice.Abort(visit.Id, new(EndReason.Mistake, null), default), version: version),
                    VisitState.Alone => Attempt<LockUp, VisitStep>(Bank.Custodian, slice => slice.Handle(visit.Id, new(true, true, true), default), version: version),
                    _ => Attempt<CheckOut, VisitStep>(Bank.Custodian, slice => slice.Handle(visit.Id, default), version: version),
                });
                step.Refusal.ShouldBeNull("whoever is inside can always be led out");
                (state, version) = (step.Value!.State, step.Value.Version);
            }
        }
        foreach (var entry in await Read(db => db.Set<VaultEntry>().Where(row => row.LeftAt == null).Select(row => row.Id).ToListAsync()))
            (await Attempt<LeaveVault, Done>(Bank.Custodian, slice => slice.Handle(entry, default))).Refusal.ShouldBeNull();
        if (await Read(db => db.Set<BranchDay>().AnyAsync(row => row.ClosedAt == null)))
            (await Close(Bank.Custodian, Bank.Manager, careless: false)).ShouldBeTrue("an empty vault can always be closed");

        var next = Lab.Now.DateIn(Zone).AddDays(1);
        if (next.DayOfWeek == DayOfWeek.Sunday) next = next.AddDays(1);
        Clock.SetUtcNow(new DateTimeOffset(next.ToUtc(new(10, 15), Zone), TimeSpan.Zero));
        await Jobs();
        await Open(Bank.Custodian, Bank.Manager);
        // A freeze would stand for ever where nobody comes to lift it.
        await Attempt<UnfreezeAtCounter, Done>(Bank.CounterOfficer, slice => slice.Handle(hires[0].Agreement, new(hires[0].Hirer, HirerCheck.IdentityDocument), default));
    }

    private async Task OnVisit<THandler, T>(Try one, VisitState[] fitting, Func<THandler, VisitId, Task<Outcome<T>>> act) where THandler : notnull
    {
        if (await AVisit(one, fitting) is { } visit) await By(one, visit, act);
    }

    /// <summary>Now and then by a page that was read before the last act.</summary>
    private Task By<THandler, T>(Try one, VisitFacts visit, Func<THandler, VisitId, Task<Outcome<T>>> act) where THandler : notnull =>
        Attempt<THandler, T>(Server(one), slice => act(slice, visit.Id), version: one.How % 9 == 0 ? visit.Version - 1 : visit.Version);

    /// <summary>Mostly one that the act fits, now and then any of the last few.</summary>
    private async Task<VisitFacts?> AVisit(Try one, VisitState[] fitting)
    {
        var visits = await Read(db => db.VisitFacts().OrderByDescending(row => row.ArrivedAt).ThenByDescending(row => row.Number).ThenBy(row => row.Id).Take(8).ToListAsync());
        var fit = one.Which % 6 == 0 ? visits : visits.FindAll(visit => fitting.Contains(visit.State));
        return fit.Count == 0 ? null : fit[one.Which % fit.Count];
    }

    private async Task Sign(SignatureId signature, Player signer)
    {
        // A code counts once, so each is given in a half minute of its own.
        Clock.Advance(TimeSpan.FromSeconds(31));
        var code = new Totp(Base32Encoding.ToBytes(signer.TotpSecret)).ComputeTotp(Lab.Now);
        await Attempt<Sign, SignatureGiven>(signer, slice => slice.ByCode(signature, new(null, signer.Password, code), default));
    }

    private async Task<Outcome<T>> Attempt<THandler, T>(Player who, Func<THandler, Task<Outcome<T>>> act, string? name = null, long? version = null) where THandler : notnull
    {
        var outcome = await Lab.As(who.Person, services => act(services.GetRequiredService<THandler>()), version);
        trail.Add($"{who.UserName} {name ?? typeof(THandler).Name}: {outcome.Refusal?.Code ?? "done"}");
        await invariants.HoldAfter(outcome.Refusal, trail[^1]);
        return outcome;
    }

    private Player[] Officers => [Bank.Custodian, Bank.SecondCustodian, Bank.Manager, Bank.CounterOfficer, Bank.Auditor];

    private Player Officer(int number) => Officers[number % Officers.Length];

    /// <summary>Mostly the custodian, who may do the most.</summary>
    private Player Server(Try one) => one.Who < 60 ? Bank.Custodian : Officer(one.Who);

    private Player Known(PersonId person) => Officers.Single(officer => officer.Person == person);

    /// <summary>A custodian or the manager, and not this one.</summary>
    private Player Another(Player? than, int number) => new[] { Bank.Custodian, Bank.SecondCustodian, Bank.Manager }.Where(officer => officer != than).ElementAt(number % 2);
}

public sealed class Day_sequences_on_sqlite(ITestOutputHelper output) : DaySequenceTests<Sqlite>(output);

public sealed class Day_sequences_on_postgres(ITestOutputHelper output) : DaySequenceTests<Postgres>(output);
