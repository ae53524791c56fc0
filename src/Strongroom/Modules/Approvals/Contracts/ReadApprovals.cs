using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Approvals.Contracts;

/// <param name="Given">How many have approved it.</param>
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

/// <summary>Requests as the inbox and the API show them: those that one made, and those whose kind one may read where they stand.</summary>
internal sealed class ReadApprovals(StrongroomDb db, CurrentActor current, TimeProvider clock, Seals seals, Ids ids, Listeners listeners, ApprovalBook book)
{
    private const int Most = 200, ShownOver = 50;
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<ApprovalInbox> Inbox(CancellationToken cancel)
    {
        var (me, now) = (current.Now, clock.UtcNow());
        var open = await db.Set<ApprovalRequest>().AsNoTracking().Where(row => row.ExpiresAt > now).WithoutEnd(db).OrderBy(row => row.ExpiresAt).Take(Most).ToListAsync(cancel);
        var handed = me.Person is { } reader ? await book.DelegationsTo([reader], now, cancel) : [];
        var since = now - Lately;
        var waiting = open.Select(row => row.Id).ToList();
        var over = await db.Set<ApprovalRequest>().AsNoTracking().Where(row => row.ExpiresAt > since && !waiting.Contains(row.Id)).OrderByDescending(row => row.MadeAt).Take(Most).ToListAsync(cancel);
        return new(
            [.. (await Lines(await Readable(open), cancel)).OrderByDescending(line => line.Yours).ThenBy(line => line.ExpiresAt)],
            await Lines((await Readable(over)).Take(ShownOver), cancel));

        async Task<List<ApprovalRequest>> Readable(List<ApprovalRequest> requests)
        {
            List<ApprovalRequest> mine = [];
            foreach (var request in requests)
                if (await book.Reads(me, request, handed, now, cancel)) mine.Add(request);
            return mine;
        }
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

    private async Task<IReadOnlyList<ApprovalListed>> Lines(IEnumerable<ApprovalRequest> requests, CancellationToken cancel)
    {
        var act = Looking();
        List<ApprovalListed> lines = [];
        foreach (var request in requests)
        {
            if (!(await book.Load(act, request, cancel)).Refused(out var altered, out var one)) lines.Add(Line(one, act));
            // Never hidden: that somebody altered it is what its readers must see.
            else lines.Add(new(request.Id, request.Kind, TitleOf(request), altered.Title, request.Branch, request.Maker, request.MadeAt, request.ExpiresAt, ApprovalState.Waiting, 0, request.Needed, Yours: false));
        }
        return lines;
    }

    private ApprovalListed Line(ApprovalCase one, Act act) => new(
        one.Request.Id, one.Request.Kind, TitleOf(one.Request), one.Request.WordsBy(seals).Sentence, one.Request.Branch, one.Request.Maker, one.Request.MadeAt, one.Request.ExpiresAt,
        ApprovalLife.StateAt(one, act.Now), ApprovalLife.Given(one, one.Events), one.Request.Needed,
        Yours: act.Actor.Person is { } me && ApprovalLife.WhyNotApprove(one, me, act.Now) is null);

    private string TitleOf(ApprovalRequest request) => book.KindOf(request)?.Title ?? request.Kind;

    private Act Looking() => new(current.Now, clock.UtcNow(), ids, seals, listeners);
}
