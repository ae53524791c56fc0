using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

/// <param name="Branch">Where the document was shown.</param>
/// <param name="Paper">Number of the document and who issued it.</param>
/// <param name="PaperOn">The document's own date.</param>
public sealed record MarkDeadRequest(
    [property: Required] BranchId? Branch, [property: Required] DateOnly? DiedOn, [property: Required, StringLength(200)] string Paper, [property: Required] DateOnly? PaperOn);

/// <param name="Approval">The request that others must approve before anything is done.</param>
public sealed record DeathAsked(ApprovalId Approval);

/// <summary>
/// R55. A hold for a death is placed in a moment and on anybody's word; this is the firm act: a document, and another officer who approves. Then all lockers of
/// the person are blocked, their sign-in is closed, and letters of authority by them and for them end.
/// </summary>
internal sealed class MarkDead(StrongroomDb db, Write write, ApprovalBook approvals, PolicyBook policies)
{
    public Task<Outcome<DeathAsked>> Handle(PersonId id, MarkDeadRequest request, CancellationToken cancel) =>
        write.Do<DeathAsked>("agreements.mark-dead", new { id, request }, async act =>
        {
            if ((await db.AskedAbout(act, id, request.Branch!.Value, AgreementsRights.Hold, cancel)).Refused(out var refusal, out var asked)) return refusal;
            var what = new DeathToApprove(id, asked.Branch.Id, act.Actor.Person!.Value, request.DiedOn!.Value, request.Paper.Trim(), request.PaperOn!.Value);
            if (await db.WhyNotMark(asked.Person, what, act.Now.DateIn(asked.Branch.Zone), cancel) is { } fault) return fault.About(id);
            var policy = await policies.Approvals(asked.Branch.Jurisdiction, asked.Branch.Id, act.Now.DateIn(asked.Branch.Zone), cancel);
            var approval = await approvals.Ask<ApprovedDeath, DeathToApprove>(act, new(what, await Words(asked.Person, what, cancel), asked.Branch.Id, [id], policy.OthersForDeath, policy.Life), cancel);
            db.Append(act, new Event(AgreementsAudit.DeathAsked).About(id).About(asked.Branch.Id).About(approval));
            return new DeathAsked(approval);
        }, cancel);

    private async Task<ApprovalWords> Words(PersonFacts person, DeathToApprove what, CancellationToken cancel)
    {
        var hires = await db.HiresOf(person.Id).CountAsync(hire => hire.EndedOn == null, cancel);
        var signsIn = await db.UserFacts().AnyAsync(user => user.Person == person.Id && !user.Disabled, cancel);
        return new($"Mark {person.Name} as dead",
        [
            new("Customer", person.Cif is { } cif ? $"{person.Name}, number {cif}" : person.Name),
            new("Day of death", Day(what.DiedOn)),
            new("Document", $"{what.Paper}, of {Day(what.PaperOn)}"),
            new("Lockers that are blocked", hires == 0 ? "none" : $"all that they hire; they come to {hires}"),
            new("Online access", signsIn ? "is closed at once" : "they have none"),
            new("Letters of authority", "by them and for them end"),
        ]);
    }

    private static string Day(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}

/// <param name="By">Who asked.</param>
internal sealed record DeathToApprove(PersonId Person, BranchId Branch, PersonId By, DateOnly DiedOn, string Paper, DateOnly PaperOn);

/// <summary>The death that another has approved. The person's record is bound, and that nobody marked them meanwhile.</summary>
internal sealed class ApprovedDeath(StrongroomDb db) : IApprovedAtOnce<DeathToApprove>
{
    public static ApprovalKind Kind { get; } = new("agreements.mark-dead", "Mark a person as dead", AgreementsRights.Hold, AgreementsRights.Read, AgreementsRights.Hold, []);

    public Task<IReadOnlyList<BoundRow>> Bound(DeathToApprove payload, CancellationToken cancel) => db.BoundByDeath(payload.Person, cancel);

    public async Task<IReadOnlyDictionary<PersonId, string>> Apart(DeathToApprove payload, IReadOnlyCollection<PersonId> among, CancellationToken cancel) =>
        await db.WhoseMatter(await db.ConcernedByDeath(payload.Person, cancel), among, cancel);

    public async Task<Refusal?> CarryOut(Act act, DeathToApprove payload, CancellationToken cancel)
    {
        var who = payload.Person;
        await db.LeanOnDeathOf(who, cancel);
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == payload.Branch, cancel);
        var person = await db.PersonFacts().SingleAsync(row => row.Id == who, cancel);
        if (await db.WhyNotMark(person, payload, act.Now.DateIn(branch.Zone), cancel) is { } fault) return fault.About(who);

        var (id, key) = (act.NewId<Noun.Death>(), await act.Seals.KeyOf(db, who, cancel));
        db.Add(new Death
        {
            Id = id,
            Person = who,
            Branch = branch.Id,
            DiedOn = Death.Seal(act.Seals, Death.DiedOnPlace, id, Day(payload.DiedOn)),
            Paper = Death.Seal(act.Seals, Death.PaperPlace, id, payload.Paper),
            PaperOn = Death.Seal(act.Seals, Death.PaperOnPlace, id, Day(payload.PaperOn)),
            ClosedSignIn = await db.UserFacts().AnyAsync(user => user.Person == who && !user.Disabled, cancel),
            At = act.Now,
            By = payload.By,
            With = act.Actor.Person!.Value,
        });
        db.Append(act, new Event(AgreementsAudit.DeathMarked).About(who).About(branch.Id).About(id).About(payload.By)
            .Withhold("died-on", Day(payload.DiedOn), who, key).Withhold("paper", payload.Paper, who, key));
        if ((await ActivationContract.Disable(db, act, who, cancel)).Refused(out var closing, out _)) return closing;

        foreach (var agreement in await db.AgreementsOf(who, cancel))
        {
            db.LeanOn(agreement);
            if (await Block(act, agreement, id, payload, cancel) is { } refused) return refused;
            await EndLetters(act, agreement, id, who, cancel);
        }
        return null;
    }

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A hold that was placed before the certificate came stays: it blocks as well, and does not go when the death is taken back. It is enough only where it
    // ends by nothing but the paper that ends this one: not one with a last day, nor an old register's that nobody confirmed, which is lifted without a paper.
    private async Task<Refusal?> Block(Act act, Agreement agreement, DeathId death, DeathToApprove payload, CancellationToken cancel)
    {
        if (!await db.Set<AgreementParty>().AnyAsync(row => row.Agreement == agreement.Id && row.Person == payload.Person, cancel)) return null;
        if (await db.HoldsInForce(act.Now).AnyAsync(hold => hold.Agreement == agreement.Id && hold.Kind == HoldKind.Death && hold.Until == null && !hold.Unconfirmed, cancel)) return null;
        var hold = new HoldToPlace(HoldKind.Death, "Marked as dead by two officers, with a document.", Until: null, payload.Paper, HoldRules.Of(HoldKind.Death).TellsHirer(forbidden: false), death);
        return (await db.Block(act, agreement, hold, AgreementsAudit.HoldPlaced, cancel)).Refusal;
    }

    private async Task EndLetters(Act act, Agreement agreement, DeathId death, PersonId person, CancellationToken cancel)
    {
        var hires = await db.Set<AgreementParty>().AnyAsync(row => row.Agreement == agreement.Id && row.Person == person, cancel);
        var hirer = await db.FirstHirer(agreement.Id, cancel);
        var key = await act.Seals.KeyOf(db, hirer, cancel);
        foreach (var agent in await db.Set<Agent>().Where(row => row.Agreement == agreement.Id && row.EndedAt == null && (hires || row.Person == person)).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            var reason = agent.Person == person ? "The agent has died." : "A hirer who signed the letter has died.";
            (agent.EndedAt, agent.EndedBy, agent.Death) = (act.Now, act.Actor.Person, death);
            agent.EndReason = key.Seal(Agent.EndReasonColumn, agent.Id.Value, reason);
            db.Append(act, new Event(AgreementsAudit.AgentEnded).About(agreement, hirer).About(agent.Person).About(agent.Id).About(death).Withhold("reason", reason, hirer, key));
        }
    }
}
