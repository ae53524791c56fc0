using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Approvals.Delegations;

namespace Strongroom.Modules.Approvals.Contracts;

/// <param name="Kinds">Titles of the kinds; empty for all that the delegator approves.</param>
/// <param name="Signed">False while its giver has not signed: then nothing was handed over.</param>
/// <param name="Reason">For the two, and for who reads the log where it holds; null for everybody else.</param>
/// <param name="EndedBy">Who ended it before its time.</param>
/// <param name="MayEnd">The reader may end it now.</param>
public sealed record DelegationLine(
    DelegationId Id, PersonId Delegator, PersonId StandIn, BranchId? Branch, IReadOnlyList<string> Kinds, DateTime From, DateTime Until, string? Reason, SignatureId Signature,
    bool Signed, DateTime? EndedAt, PersonId? EndedBy, bool MayEnd);

/// <param name="NotOver">In force, and those that begin later.</param>
/// <param name="Over">Ended in the last ninety days.</param>
public sealed record DelegationList(IReadOnlyList<DelegationLine> NotOver, IReadOnlyList<DelegationLine> Over);

/// <summary>What somebody could hand over, and to whom, for the form.</summary>
/// <param name="Kinds">Names and titles.</param>
/// <param name="Everywhere">They approve something in the whole bank.</param>
/// <param name="Branches">Where they approve something, if not everywhere.</param>
/// <param name="Colleagues">Who may stand in somewhere; the act looks whether it is there.</param>
internal sealed record HandOverChoices(IReadOnlyList<ApprovalKind> Kinds, bool Everywhere, IReadOnlyList<BranchId> Branches, IReadOnlyList<PersonId> Colleagues);

/// <summary>Who stands in for whom: one's own, and for who reads approvals in their own right all of them there.</summary>
internal sealed class ReadDelegations(StrongroomDb db, CurrentActor current, TimeProvider clock, Seals seals, ApprovalBook book)
{
    private const int Most = 200;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    public async Task<DelegationList> All(CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var since = now - Lately;
        var notOver = await Mine().NotOver(db, now).OrderBy(row => row.From).Take(Most).ToListAsync(cancel);
        var open = notOver.Select(row => row.Id).ToList();
        var over = await Mine()
            .Where(row => row.Until > since && !open.Contains(row.Id) && db.Set<DelegationEvent>().Any(one => one.Delegation == row.Id && one.Step == DelegationStep.Signed)
                && !db.Set<DelegationEvent>().Any(one => one.Delegation == row.Id && one.Step == DelegationStep.Ended && one.At <= since))
            .OrderByDescending(row => row.MadeAt).Take(Most).ToListAsync(cancel);
        return new(await Lines(notOver, now, cancel), await Lines(over, now, cancel));
    }

    public async Task<Outcome<DelegationLine>> One(DelegationId id, CancellationToken cancel)
    {
        var row = await Mine().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return row is null ? new NoSuch("delegation") : (await Lines([row], clock.UtcNow(), cancel))[0];
    }

    public async Task<HandOverChoices> Choices(CancellationToken cancel)
    {
        var (actor, now) = (current.Now, clock.UtcNow());
        var branches = book.ApprovesAt(actor);
        var places = branches is null ? [(BranchId?)null] : branches.Select(branch => (BranchId?)branch).ToList();
        Dictionary<string, ApprovalKind> kinds = [];
        HashSet<PersonId> colleagues = [];
        foreach (var place in places)
        {
            var own = book.Approves(actor, place);
            foreach (var kind in own) kinds[kind.Name] = kind;
            colleagues.UnionWith(await book.MayStandIn(actor.Person!.Value, own, every: false, place, now, cancel));
        }
        return new([.. kinds.Values.OrderBy(kind => kind.Title, StringComparer.Ordinal)], branches is null, branches ?? [], [.. colleagues]);
    }

    private IQueryable<Delegation> Mine()
    {
        var me = current.Now.Person;
        // The door that a stand-in comes in by shows nobody else's.
        var own = current.Now with { Grants = [.. current.Now.Grants.Where(grant => !grant.StandIn)] };
        var (everywhere, branches) = (own.MayEverywhere(ApprovalsRights.Read), own.BranchesWith(ApprovalsRights.Read) ?? []);
        return db.Set<Delegation>().AsNoTracking()
            .Where(row => row.Delegator == me || row.StandIn == me || everywhere || (row.Branch != null && branches.Contains(row.Branch.Value)));
    }

    // An illness, perhaps: that somebody is away is for all who work with approvals, and why is not.
    private bool ReadsReason(Delegation row) => current.Now is var reader && (reader.Person == row.Delegator || reader.Person == row.StandIn
        || (row.Branch is { } branch ? reader.MayAt(ApprovalsRights.ReadLog, branch) : reader.MayEverywhere(ApprovalsRights.ReadLog)));

    private async Task<IReadOnlyList<DelegationLine>> Lines(IReadOnlyList<Delegation> rows, DateTime now, CancellationToken cancel)
    {
        var ids = rows.Select(row => row.Id).ToList();
        var events = (await db.Set<DelegationEvent>().AsNoTracking().Where(one => ids.Contains(one.Delegation)).ToListAsync(cancel)).ToLookup(one => one.Delegation);
        return [.. rows.Select(row =>
        {
            var ended = events[row.Id].FirstOrDefault(one => one.Step == DelegationStep.Ended);
            return new DelegationLine(
                row.Id, row.Delegator, row.StandIn, row.Branch, [.. row.KindNames.Select(kind => book.TitleOf(kind))], row.From, row.Until, ReadsReason(row) ? row.ReasonBy(seals) : null, row.Signature,
                events[row.Id].Any(one => one.Step == DelegationStep.Signed), ended?.At, ended?.By,
                current.Now.Person is { } me && DelegationDecision.WhyNotEnd(row, [.. events[row.Id].Select(one => one.Step)], me, now) is null);
        })];
    }
}
