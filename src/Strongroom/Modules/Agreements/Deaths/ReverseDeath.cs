using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
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
        await Lift(act, payload, cancel);
        await GiveBackLetters(act, payload, cancel);
        return null;
    }

    private async Task Lift(Act act, ReversalToApprove payload, CancellationToken cancel)
    {
        foreach (var agreement in await db.AgreementsOf(payload.Person, cancel))
        {
            // Whichever hirer's mark placed it: one hold stands for all who are dead, and goes with the last of them.
            if (await db.Set<Hold>().SingleOrDefaultAsync(row => row.Agreement == agreement.Id && row.Death != null && row.LiftedAt == null, cancel) is not { } hold) continue;
            if (await OthersDead(agreement, payload.Person, cancel)) continue;
            db.LeanOn(agreement);
            await db.Lift(act, agreement, hold, new Event(AgreementsAudit.HoldLifted).About(payload.By).About(payload.Death), payload.Reason, payload.Paper, cancel, askedBy: payload.By);
        }
    }

    private async Task<bool> OthersDead(Agreement agreement, PersonId than, CancellationToken cancel)
    {
        var others = await db.Set<AgreementParty>().Where(row => row.Agreement == agreement.Id && row.Person != than).Select(row => row.Person).ToListAsync(cancel);
        return await db.MarkedDead().AnyAsync(person => others.Contains(person), cancel);
    }

    private async Task GiveBackLetters(Act act, ReversalToApprove payload, CancellationToken cancel)
    {
        foreach (var ended in await db.Set<Agent>().Where(row => row.Death == payload.Death).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            var agreement = await db.Set<Agreement>().SingleAsync(row => row.Id == ended.Agreement, cancel);
            var another = await db.Set<Agent>().AnyAsync(row => row.Agreement == agreement.Id && row.Person == ended.Person && row.EndedAt == null, cancel)
                || await db.Set<AgreementParty>().AnyAsync(row => row.Agreement == agreement.Id && row.Person == ended.Person, cancel);
            another |= await OthersDead(agreement, payload.Person, cancel) || await db.MarkedDead().AnyAsync(person => person == ended.Person && person != payload.Person, cancel);
            if (!DeathRules.GivenBack(agreement.EndedOn is null, ended.Until, another, await db.TodayAt(agreement.Branch, act.Now, cancel))) continue;
            db.LeanOn(agreement);
            var given = new Agent
            {
                Id = act.NewId<Noun.Agent>(),
                Agreement = agreement.Id,
                Person = ended.Person,
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
