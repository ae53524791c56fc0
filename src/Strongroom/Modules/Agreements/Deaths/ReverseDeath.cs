using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Agreements.Deaths;

/// <param name="Branch">Where the paper was shown, or the person came.</param>
/// <param name="Reason">How the mistake came about.</param>
/// <param name="Paper">What shows that the person lives, or that another was meant.</param>
public sealed record ReverseDeathRequest(
    [property: Required] BranchId? Branch, [property: Required, StringLength(500)] string Reason, [property: Required, StringLength(200)] string Paper);

/// <summary>
/// A living person marked as dead gets everything back that the mark took: holds that came with it, the sign-in that it closed, letters that it ended. What
/// was there before, or came since, stays as it is.
/// </summary>
internal sealed class ReverseDeath(StrongroomDb db, Write write, ApprovalBook approvals, PolicyBook policies)
{
    public Task<Outcome<DeathAsked>> Handle(PersonId id, ReverseDeathRequest request, CancellationToken cancel) =>
        write.Do<DeathAsked>("agreements.reverse-death", new { id, request }, async act =>
        {
            if ((await db.AskedAbout(act, id, request.Branch!.Value, AgreementsRights.Lift, cancel)).Refused(out var refusal, out var asked)) return refusal;
            if (await db.StandingDeath(id, cancel) is not { } death) return DeathRules.WhyNotReverse(standing: false)!.About(id);
            var policy = await policies.Approvals(asked.Branch.Jurisdiction, asked.Branch.Id, act.Now.DateIn(asked.Branch.Zone), cancel);
            var words = new ApprovalWords($"Mark {asked.Person.Name} as living again",
            [
                new("Customer", asked.Person.Cif is { } cif ? $"{asked.Person.Name}, number {cif}" : asked.Person.Name),
                new("Marked as dead by", Death.Open(act.Seals, Death.PaperPlace, death.Id, death.Paper)),
                new("How the mistake came about", request.Reason.Trim()),
                new("Paper", request.Paper.Trim()),
                new("What they get back", "lockers blocked with it, their online access, letters of authority that ended with it"),
            ]);
            var approval = await approvals.Ask<ApprovedReversal, ReversalToApprove>(act, new(
                new(id, death.Id, asked.Branch.Id, act.Actor.Person!.Value, request.Reason.Trim(), request.Paper.Trim()), words, asked.Branch.Id, [id], policy.OthersForDeath, policy.Life), cancel);
            db.Append(act, new Event(AgreementsAudit.DeathReversalAsked).About(id).About(asked.Branch.Id).About(death.Id).About(approval));
            return new DeathAsked(approval);
        }, cancel);
}

/// <param name="By">Who asked.</param>
internal sealed record ReversalToApprove(PersonId Person, DeathId Death, BranchId Branch, PersonId By, string Reason, string Paper);

/// <summary>The reversal that another has approved.</summary>
internal sealed class ApprovedReversal(StrongroomDb db) : IApprovedAtOnce<ReversalToApprove>
{
    public static ApprovalKind Kind { get; } = new("agreements.reverse-death", "Mark a person as living again", AgreementsRights.Lift, AgreementsRights.Read, AgreementsRights.Hold, []);

    public Task<IReadOnlyList<BoundRow>> Bound(ReversalToApprove payload, CancellationToken cancel) => db.BoundByDeath(payload.Person, cancel);

    public async Task<IReadOnlyDictionary<PersonId, string>> Apart(ReversalToApprove payload, IReadOnlyCollection<PersonId> among, CancellationToken cancel) =>
        await db.WhoseMatter(await db.ConcernedByDeath(payload.Person, cancel), among, cancel);

    public async Task<Refusal?> CarryOut(Act act, ReversalToApprove payload, CancellationToken cancel)
    {
        var (who, id) = (payload.Person, payload.Death);
        await db.LeanOnDeathOf(who, cancel);
        var death = await db.StandingDeath(who, cancel);
        if (DeathRules.WhyNotReverse(death?.Id == id) is { } fault) return fault.About(who);

        var key = await act.Seals.KeyOf(db, who, cancel);
        db.Add(new DeathReversal
        {
            Death = id,
            Branch = payload.Branch,
            Reason = Death.Seal(act.Seals, DeathReversal.ReasonPlace, id, payload.Reason),
            Paper = Death.Seal(act.Seals, DeathReversal.PaperPlace, id, payload.Paper),
            At = act.Now,
            By = payload.By,
            With = act.Actor.Person!.Value,
        });
        db.Append(act, new Event(AgreementsAudit.DeathReversed).About(who).About(payload.Branch).About(id).About(payload.By)
            .Withhold("reason", payload.Reason, who, key).Withhold("paper", payload.Paper, who, key));
        if (death!.ClosedSignIn && (await ActivationContract.Enable(db, act, who, cancel)).Refused(out var refused, out _)) return refused;
        var theirs = await Theirs(who, cancel);
        // All of them, also where nothing comes back now: two dead of one locker whose marks are taken back at once must not each wait for the other.
        foreach (var agreement in theirs.Open) db.LeanOn(agreement);
        await Lift(act, payload, theirs, cancel);
        await GiveBackLetters(act, payload, theirs, cancel);
        return null;
    }

    /// <param name="Open">Hires in force that the person is a party of, operates by a letter, or once did; tracked.</param>
    /// <param name="Records">The person's, with those that were merged into it.</param>
    private sealed record Touched(IReadOnlyList<Agreement> Open, IReadOnlyList<PersonId> Records);

    private async Task<Touched> Theirs(PersonId who, CancellationToken cancel)
    {
        List<PersonId> records = [who, .. await db.MergedInto(who).ToListAsync(cancel)];
        var open = await db.Set<Agreement>().Where(row => row.EndedOn == null
                && (db.Set<AgreementParty>().Any(party => party.Agreement == row.Id && party.Person == who) || db.Set<Agent>().Any(agent => agent.Agreement == row.Id && records.Contains(agent.Person))))
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return new(open, records);
    }

    private async Task Lift(Act act, ReversalToApprove payload, Touched theirs, CancellationToken cancel)
    {
        foreach (var agreement in theirs.Open)
        {
            if (!await Hires(agreement, payload.Person, cancel) || await OthersDead(agreement, payload.Person, cancel)) continue;
            // Whichever hirer's mark placed it: one hold stands for all who are dead, and goes with the last of them.
            if (await db.Set<Hold>().SingleOrDefaultAsync(row => row.Agreement == agreement.Id && row.Death != null && row.LiftedAt == null, cancel) is not { } hold) continue;
            await db.Lift(act, agreement, hold, new Event(AgreementsAudit.HoldLifted).About(payload.By).About(payload.Death), payload.Reason, payload.Paper, cancel, askedBy: payload.By);
        }
    }

    private Task<bool> Hires(Agreement agreement, PersonId person, CancellationToken cancel) =>
        db.Set<AgreementParty>().AnyAsync(row => row.Agreement == agreement.Id && row.Person == person, cancel);

    private async Task<bool> OthersDead(Agreement agreement, PersonId than, CancellationToken cancel)
    {
        var others = await db.Set<AgreementParty>().Where(row => row.Agreement == agreement.Id && row.Person != than).Select(row => row.Person).ToListAsync(cancel);
        return await db.MarkedDead().AnyAsync(person => others.Contains(person), cancel);
    }

    /// <summary>
    /// A letter can hang on more than one death: on the hirers' and the agent's. It comes back with the last that is taken back, whichever ended it, under the
    /// record that the agent has now; and only the letter that ended last, since a later one was given back already, or signed anew, and its end counts.
    /// </summary>
    private async Task GiveBackLetters(Act act, ReversalToApprove payload, Touched theirs, CancellationToken cancel)
    {
        foreach (var agreement in theirs.Open)
        {
            var hires = await Hires(agreement, payload.Person, cancel);
            var letters = await db.Set<Agent>().AsNoTracking().Where(row => row.Agreement == agreement.Id).OrderBy(row => row.Id).ToListAsync(cancel);
            var now = await NowOf(letters, cancel);
            foreach (var ended in letters.GroupBy(letter => now[letter.Person]).Select(ofOne => ofOne.MaxBy(letter => letter.EndedAt ?? DateTime.MaxValue)!).OrderBy(letter => letter.AppointedAt))
            {
                var agent = now[ended.Person];
                if (ended.Death is not { } mark || !(hires || theirs.Records.Contains(ended.Person))) continue;
                if (mark != payload.Death && !await db.Set<DeathReversal>().AnyAsync(row => row.Death == mark, cancel)) continue;
                var another = await Hires(agreement, agent, cancel) || await OthersDead(agreement, payload.Person, cancel)
                    || await db.MarkedDead().AnyAsync(person => person == agent && person != payload.Person, cancel);
                if (!DeathRules.GivenBack(agreement.EndedOn is null, ended.Until, another, await db.TodayAt(agreement.Branch, act.Now, cancel))) continue;
                var given = new Agent
                {
                    Id = act.NewId<Noun.Agent>(),
                    Agreement = agreement.Id,
                    Person = agent,
                    LetterOf = ended.LetterOf,
                    From = ended.From,
                    Until = ended.Until,
                    AppointedAt = act.Now,
                    AppointedBy = act.Actor.Person,
                };
                db.Add(given);
                var back = new Event(AgreementsAudit.AgentAppointed).About(agreement, await db.FirstHirer(agreement.Id, cancel)).About(given.Person).About(given.Id).About(payload.Death)
                    .With("letter-of", given.LetterOf).With("from", given.From);
                db.Append(act, given.Until is { } until ? back.With("until", until) : back);
            }
        }
    }

    /// <summary>The record that each agent has now. A mark or a merge of one of them meanwhile is a lost race, also where the letter, being ended, does not show it.</summary>
    private async Task<Dictionary<PersonId, PersonId>> NowOf(List<Agent> letters, CancellationToken cancel)
    {
        var named = letters.Where(letter => letter.Death is not null).Select(letter => letter.Person).ToList();
        await db.LeanOnPersons(named, cancel);
        var all = letters.Select(letter => letter.Person).ToList();
        var now = await db.PersonFacts().Where(row => all.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.MergedInto ?? row.Id, cancel);
        await db.LeanOnPersons([.. named.Select(person => now[person])], cancel);
        return now;
    }
}
