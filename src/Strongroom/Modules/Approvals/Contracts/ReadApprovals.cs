using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Approvals.Contracts;

/// <param name="Given">How many approvals count at this moment. Of a request that is over it says nothing: who approved it may have lost the right since.</param>
/// <param name="Yours">The reader may approve it now.</param>
public sealed record ApprovalListed(
    ApprovalId Id, string Kind, string Title, string Sentence, BranchId? Branch, PersonId Maker, DateTime MadeAt, DateTime ExpiresAt, ApprovalState State, int Given, int Needed, bool Yours);

/// <param name="Open">What waits: first what the reader may approve.</param>
/// <param name="Over">What ended lately.</param>
public sealed record ApprovalInbox(IReadOnlyList<ApprovalListed> Open, IReadOnlyList<ApprovalListed> Over);

/// <param name="Step">Made, Approved, Rejected, Withdrawn, Expired or Used.</param>
/// <param name="Reason">Of a rejection.</param>
/// <param name="For">In whose place, where a stand-in decided.</param>
public sealed record ApprovalStepLine(string Step, PersonId? By, DateTime At, string? Reason, PersonId? For = null);

/// <param name="Hash">SHA-256 of all of it, in hexadecimal: what each approver signed.</param>
/// <param name="InPlaceOf">In whose place the reader would approve it; null in their own right.</param>
/// <param name="Changed">A row that it touches is not as it was: it can only be withdrawn or rejected.</param>
public sealed record ApprovalDetail(
    ApprovalListed Line, IReadOnlyList<ApprovalLine> Words, IReadOnlyList<PersonId> Subjects, IReadOnlyList<ApprovalStepLine> Steps, string Hash, bool Changed,
    bool MayApprove, bool MayReject, bool MayWithdraw, PersonId? InPlaceOf);

public static class WaitingApprovals
{
    /// <summary>The newest request of a kind that touches this row and is not over yet, for a page of the row's own; null when nothing waits.</summary>
    public static async Task<ApprovalId?> WaitingFor<TNoun>(this StrongroomDb db, ApprovalKind kind, Id<TNoun> row, DateTime now, CancellationToken cancel) where TNoun : INoun
    {
        // What is open is little: requests live for days.
        var (name, bound) = (kind.Name, $"\"{BoundRow.Of(row, 0).Row}\"");
        return await db.Set<ApprovalRequest>().Where(request => request.Kind == name && request.ExpiresAt > now && request.Bound.Contains(bound)).WithoutEnd(db)
            .OrderByDescending(request => request.MadeAt).ThenByDescending(request => request.Id).Select(request => (ApprovalId?)request.Id).FirstOrDefaultAsync(cancel);
    }
}

/// <summary>Requests as the inbox and the API show them: those that one made, and those whose kind one may read where they stand.</summary>
internal sealed class ReadApprovals(StrongroomDb db, CurrentActor current, TimeProvider clock, Seals seals, Ids ids, Listeners listeners, ApprovalBook book, ApprovedActs acts)
{
    private const int Most = 200, ShownOver = 50, MostCounted = 50;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    /// <summary>What the reader may read: of what waits the 200 that expire first, of what ended in the last thirty days the newest 50.</summary>
    public async Task<ApprovalInbox> Inbox(CancellationToken cancel)
    {
        var (now, readable) = (clock.UtcNow(), await Readable(cancel));
        var open = await readable.Waiting(db, now).OrderBy(row => row.ExpiresAt).ThenBy(row => row.Id).Take(Most).ToListAsync(cancel);
        var since = now - Lately;
        var over = await readable.Over(db, now).Where(row => row.ExpiresAt > since).OrderByDescending(row => row.MadeAt).ThenBy(row => row.Id).Take(ShownOver).ToListAsync(cancel);
        return new([.. (await Lines(open, cancel)).OrderByDescending(line => line.Yours).ThenBy(line => line.ExpiresAt)], await Lines(over, cancel));
    }

    /// <summary>What the reader asked for of one kind, newest first: all that waits, and of what ended in the last thirty days the newest 50. No other request stands before it.</summary>
    public async Task<IReadOnlyList<ApprovalListed>> Mine(ApprovalKind kind, CancellationToken cancel)
    {
        if (current.Now.Person is not { } me) return [];
        var (now, name) = (clock.UtcNow(), kind.Name);
        var (since, mine) = (now - Lately, db.Set<ApprovalRequest>().AsNoTracking().Where(row => row.Maker == me && row.Kind == name).OrderByDescending(row => row.MadeAt).ThenBy(row => row.Id));
        var open = await mine.Waiting(db, now).Take(Most).ToListAsync(cancel);
        var over = await mine.Over(db, now).Where(row => row.ExpiresAt > since).Take(ShownOver).ToListAsync(cancel);
        return await Lines([.. open.Concat(over).OrderByDescending(row => row.MadeAt)], cancel);
    }

    /// <summary>How many requests the reader may approve now, for the head of each page; never more than 50.</summary>
    public async Task<int> WaitingForMe(CancellationToken cancel) => (await ForMe(at: null, cancel)).Count;

    /// <summary>The requests that the reader may approve now, at this branch or for the whole bank; the 50 that expire first.</summary>
    public Task<IReadOnlyList<ApprovalListed>> WaitingForMe(BranchId branch, CancellationToken cancel) => ForMe(branch, cancel);

    /// <summary>
    /// What of the requests the reader sees moved when this text is another: which of them wait, and how far each has come. Expiry is seen when it was
    /// written down, as everything that open pages hear of.
    /// </summary>
    public async Task<string> Standing(CancellationToken cancel)
    {
        var steps = await (await Readable(cancel)).WithoutEnd(db).OrderBy(row => row.Id)
            .Select(row => new { row.Id, Steps = db.Set<ApprovalEvent>().Count(happened => happened.Approval == row.Id) }).ToListAsync(cancel);
        return string.Join(' ', steps.Select(row => $"{row.Id}:{row.Steps}"));
    }

    public async Task<Outcome<ApprovalDetail>> One(ApprovalId id, CancellationToken cancel)
    {
        var act = Looking();
        if ((await book.Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
        var (request, me) = (one.Request, act.Actor.Person!.Value);
        var line = Line(one, act);
        return new ApprovalDetail(
            line, request.WordsBy(seals).Lines, [.. one.Subjects],
            [new("Made", request.Maker, request.MadeAt, null), .. one.Events.Select(happened => new ApprovalStepLine(happened.Step.ToString(), happened.By, happened.At, happened.ReasonBy(seals), happened.For))],
            Convert.ToHexStringLower(request.Hash), Changed: !one.BoundHolds && line.State is (ApprovalState.Waiting or ApprovalState.Approved),
            line.Yours, ApprovalLife.WhyNotReject(one, me, act.Now) is null, ApprovalLife.WhyNotWithdraw(one, me, act.Now) is null,
            ApprovalLife.PlaceOf(one, me, act.Now)?.For);
    }

    private async Task<IQueryable<ApprovalRequest>> Readable(CancellationToken cancel) =>
        db.Set<ApprovalRequest>().AsNoTracking().Where(ReadableRequests.By(current.Now, acts.Kinds, await AsStandIn(cancel)));

    private async Task<IReadOnlyList<Reach>> AsStandIn(CancellationToken cancel) => current.Now.Person is { } me ? await book.ReachAsStandIn(me, clock.UtcNow(), cancel) : [];

    // Most of what the rules ask is asked in SQL; what is left, such as duties that belong apart, of the few that remain.
    /// <param name="at">Null for everywhere.</param>
    private async Task<IReadOnlyList<ApprovalListed>> ForMe(BranchId? at, CancellationToken cancel)
    {
        if (current.Now.Person is not { } me || ReadableRequests.ToApproveBy(current.Now, acts.Kinds, await AsStandIn(cancel)) is not { } mine) return [];
        var candidates = await db.Set<ApprovalRequest>().AsNoTracking().Where(mine).Where(row => at == null || row.Branch == null || row.Branch == at).Waiting(db, clock.UtcNow())
            .Where(row => row.Maker != me && !db.Set<ApprovalSubject>().Any(subject => subject.Approval == row.Id && subject.Person == me)
                && !db.Set<ApprovalEvent>().Any(happened => happened.Approval == row.Id && happened.Step == ApprovalStep.Approved && happened.By == me))
            .OrderBy(row => row.ExpiresAt).ThenBy(row => row.Id).Take(MostCounted).ToListAsync(cancel);
        return [.. (await Lines(candidates, cancel)).Where(line => line.Yours)];
    }

    private async Task<IReadOnlyList<ApprovalListed>> Lines(IReadOnlyList<ApprovalRequest> requests, CancellationToken cancel)
    {
        var act = Looking();
        return [.. requests.Zip(await book.Load(act, requests, cancel), (request, loaded) => !loaded.Refused(out var altered, out var one)
            ? Line(one, act)
            // Never hidden: that somebody altered it is what its readers must see.
            : new(request.Id, request.Kind, TitleOf(request), altered.Title, request.Branch, request.Maker, request.MadeAt, request.ExpiresAt, ApprovalState.Waiting, 0, request.Needed, Yours: false))];
    }

    private ApprovalListed Line(ApprovalCase one, Act act) => new(
        one.Request.Id, one.Request.Kind, TitleOf(one.Request), one.Request.WordsBy(seals).Sentence, one.Request.Branch, one.Request.Maker, one.Request.MadeAt, one.Request.ExpiresAt,
        ApprovalLife.StateAt(one, act.Now), ApprovalLife.Given(one, one.Events), one.Request.Needed,
        Yours: act.Actor.Person is { } me && ApprovalLife.WhyNotApprove(one, me, act.Now) is null);

    private string TitleOf(ApprovalRequest request) => book.KindOf(request)?.Title ?? request.Kind;

    private Act Looking() => new(current.Now, clock.UtcNow(), ids, seals, listeners);
}
