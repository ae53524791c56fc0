using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Modules.Approvals;

internal sealed record ApprovalOver(string How) : Refusal("approvals.over", 409, $"This request was {How}; nothing of it can be decided any more.", "Make a new request if it is still wanted.");

internal sealed record OwnRequest() : Refusal("approvals.own-request", 403, "Who made a request does not decide it.", "Ask a colleague who may decide it. You can withdraw it.");

internal sealed record RequestAboutYou() : Refusal("approvals.about-you", 403, "This request is about you, so you do not decide it.", "Ask a colleague who is not concerned.");

internal sealed record DutiesApart(string Did) : Refusal("approvals.duties-apart", 403, $"You {Did}, so you do not approve this as well.", "Ask another colleague.");

internal sealed record ApprovedBefore() : Refusal("approvals.approved-before", 409, "You have approved this already; each person counts once.", "Wait for the others.");

internal sealed record EnoughApproved() : Refusal("approvals.enough", 409, "Enough people have approved this already.", "Its maker can carry it out.");

internal sealed record NotApproved() : Refusal("approvals.not-approved", 409, "Not enough people have approved this.", "Wait until the others have decided, or ask them.");

internal sealed record BoundRowChanged() : Refusal("approvals.changed", 409, "What this request is about has changed since it was made.", "Let its maker withdraw it and ask again for what is wanted now.");

internal sealed record MakerMayNoMore() : Refusal("approvals.maker-may-no-more", 409, "Who asked for this may not ask for it any more.", "Reject it. Who still wants it makes a request of their own.");

internal sealed record NotSealedYet() : Refusal("approvals.not-sealed-yet", 409, "The approval is not in the published log yet.", "Try again in some seconds. If it stays so, the log stands still: tell the auditor.");

internal sealed record RequestAltered() : Refusal("approvals.altered", 409, "What is stored of this request is not what was asked.", "Decide nothing. Tell the auditor; the log has the hash of what was asked.");

internal sealed record NotTheMaker() : Refusal("approvals.not-the-maker", 403, "Only who made a request withdraws it or carries it out.", "Reject it if it should not be done.");

internal sealed record StandsForTheConcerned() : Refusal("approvals.stands-for-the-concerned", 403,
    "Whom you stand in for decides nothing of this: they asked for it, it is about them, or they did what belongs apart.", "Ask a colleague who may decide it in their own right.");

internal sealed record CountedAsOne() : Refusal("approvals.counted-as-one", 409, "You have approved this already by a stand-in, or by whom you stand in for; the two of you count as one person.", "Wait for the others.");

/// <summary>A delegation that holds for a request at this instant: the delegator could decide it, and the delegate may stand in.</summary>
internal sealed record StandIn(DelegationId Delegation, PersonId By, PersonId For);

/// <summary>A request, what became of it, and what its next step leans on.</summary>
/// <param name="Subjects">Whom it is about.</param>
/// <param name="Events">In order.</param>
/// <param name="MayNow">Of its approvers and of who acts: those who have the right at this instant.</param>
/// <param name="StandIns">Of the same: those who have it in another's place at this instant, and in whose.</param>
/// <param name="Apart">Of the same: those who did what belongs apart from approving this, and what it was.</param>
/// <param name="MakerMay">Its maker could still make it.</param>
/// <param name="BoundHolds">Every row it touches has the version that it had when the request was made.</param>
/// <param name="AtOnce">The last approval carries it out; otherwise its maker does, later.</param>
internal sealed record ApprovalCase(
    ApprovalRequest Request, IReadOnlySet<PersonId> Subjects, IReadOnlyList<ApprovalEvent> Events, IReadOnlySet<PersonId> MayNow, IReadOnlyList<StandIn> StandIns,
    IReadOnlyDictionary<PersonId, string> Apart, bool MakerMay, bool BoundHolds, bool AtOnce);

/// <summary>
/// The life of a request: made → approved by as many as are needed → used; or rejected, withdrawn, expired. Its state is what its events and the time make
/// of it, and is stored nowhere. Who made it, whom it is about, who has no right to it any more and who did what belongs apart count for nothing, whatever
/// stands in its events. A stand-in decides what both they and the person in whose place they stand could decide, and the two count as one.
/// </summary>
internal static class ApprovalLife
{
    /// <summary>Half open: at the instant at which it expires it has expired.</summary>
    public static ApprovalState StateAt(ApprovalRequest request, IReadOnlyList<ApprovalEvent> events, int counted, DateTime now) =>
        events.Select(one => Closed(one.Step)).FirstOrDefault(state => state is not null)
        ?? (request.ExpiresAt <= now ? ApprovalState.Expired : counted >= request.Needed ? ApprovalState.Approved : ApprovalState.Waiting);

    /// <summary>The different persons who gave an approval that counts.</summary>
    public static IReadOnlySet<PersonId> Approvers(ApprovalCase one, IEnumerable<ApprovalEvent> events) => events.Where(happened => Counts(one, happened)).Select(happened => happened.By!.Value).ToHashSet();

    /// <summary>How many have approved it: a stand-in and the person in whose place they approved are one, also where that person approves as well.</summary>
    public static int Given(ApprovalCase one, IEnumerable<ApprovalEvent> events) => Heads(one, events).Count;

    public static ApprovalState StateAt(ApprovalCase one, DateTime now) => StateAt(one.Request, one.Events, Given(one, one.Events), now);

    /// <summary>Why this person may not approve it now; null when they may.</summary>
    public static Refusal? WhyNotApprove(ApprovalCase one, PersonId by, DateTime now) => Approving(one, by, now).Refusal;

    /// <summary>In whose place this person would approve it; null in their own right, or where they may not.</summary>
    public static StandIn? PlaceOf(ApprovalCase one, PersonId by, DateTime now) => Approving(one, by, now).Value?.As;

    /// <returns>One more approval; and, where it was the last one needed of an act that is done at once, that it is done.</returns>
    public static Outcome<IReadOnlyList<ApprovalEvent>> Approve(ApprovalCase one, PersonId by, SignatureId signature, DateTime now)
    {
        if (Approving(one, by, now).Refused(out var refusal, out var who)) return refusal;
        var approved = Next(one, 1, ApprovalStep.Approved, by, now, who.As, signature: signature);
        var enough = Given(one, [.. one.Events, approved]) >= one.Request.Needed;
        return enough && one.AtOnce ? new[] { approved, Next(one, 2, ApprovalStep.Used, by, now) } : new[] { approved };
    }

    /// <summary>Who approved may still think better of it, until it is done.</summary>
    public static Refusal? WhyNotReject(ApprovalCase one, PersonId by, DateTime now) => Rejecting(one, by, now).Refusal;

    public static Outcome<ApprovalEvent> Reject(ApprovalCase one, PersonId by, byte[] reason, DateTime now) =>
        Rejecting(one, by, now).Refused(out var refusal, out var who) ? refusal : Next(one, 1, ApprovalStep.Rejected, by, now, who.As, reason: reason);

    public static Refusal? WhyNotWithdraw(ApprovalCase one, PersonId by, DateTime now) =>
        Over(one, now) ?? (by == one.Request.Maker ? null : (Refusal)new NotTheMaker());

    public static Outcome<ApprovalEvent> Withdraw(ApprovalCase one, PersonId by, DateTime now) =>
        WhyNotWithdraw(one, by, now) is { } refusal ? refusal : Next(one, 1, ApprovalStep.Withdrawn, by, now);

    /// <summary>By its maker, where the last approval did not do it at once.</summary>
    public static Outcome<ApprovalEvent> Use(ApprovalCase one, PersonId by, DateTime now)
    {
        if (Over(one, now) is { } over) return over;
        if (by != one.Request.Maker) return new NotTheMaker();
        if (StateAt(one, now) != ApprovalState.Approved) return new NotApproved();
        return WhyNotAsAsked(one) is { } refusal ? refusal : Next(one, 1, ApprovalStep.Used, by, now);
    }

    /// <summary>For the log: by time alone it has expired already.</summary>
    public static ApprovalEvent? Expire(ApprovalCase one, DateTime now) =>
        one.Request.ExpiresAt <= now && one.Events.All(happened => Closed(happened.Step) is null) ? Next(one, 1, ApprovalStep.Expired, by: null, now) : null;

    /// <summary>The steps after which nothing follows.</summary>
    public static ApprovalState? Closed(ApprovalStep step) => step switch
    {
        ApprovalStep.Used => ApprovalState.Done,
        ApprovalStep.Rejected => ApprovalState.Rejected,
        ApprovalStep.Withdrawn => ApprovalState.Withdrawn,
        ApprovalStep.Expired => ApprovalState.Expired,
        ApprovalStep.Approved => null,
    };

    private static bool Counts(ApprovalCase one, ApprovalEvent happened) =>
        happened is { Step: ApprovalStep.Approved, By: { } by } && IsFree(one, by)
        && (happened.For is { } other
            ? IsFree(one, other) && one.StandIns.Any(each => each.Delegation == happened.Delegation && each.By == by && each.For == other)
            : one.MayNow.Contains(by));

    /// <summary>Asked for it, is concerned, or did what belongs apart: neither they nor a stand-in of theirs approves.</summary>
    private static bool IsFree(ApprovalCase one, PersonId person) => !IsConcerned(one, person) && !one.Apart.ContainsKey(person);

    private static bool IsConcerned(ApprovalCase one, PersonId person) => person == one.Request.Maker || one.Subjects.Contains(person);

    // Persons who count as one hang together by the approvals that one of them gave in the place of another.
    private static List<HashSet<PersonId>> Heads(ApprovalCase one, IEnumerable<ApprovalEvent> events)
    {
        List<HashSet<PersonId>> heads = [];
        foreach (var approval in events.Where(happened => Counts(one, happened)))
        {
            HashSet<PersonId> head = approval.For is { } other ? [approval.By!.Value, other] : [approval.By!.Value];
            foreach (var known in heads.FindAll(known => known.Overlaps(head)))
            {
                head.UnionWith(known);
                heads.Remove(known);
            }
            heads.Add(head);
        }
        return heads;
    }

    /// <param name="As">Null in their own right.</param>
    private sealed record Decider(StandIn? As);

    private static Outcome<Decider> Approving(ApprovalCase one, PersonId by, DateTime now)
    {
        if (WhoDecides(one, by, now).Refused(out var refusal, out var places)) return refusal;
        if (one.Apart.TryGetValue(by, out var did)) return new DutiesApart(did);
        if (Approvers(one, one.Events).Contains(by)) return new ApprovedBefore();
        places = [.. places.Where(place => place.As is null || IsFree(one, place.As.For))];
        if (places.Count == 0) return new StandsForTheConcerned();
        var heads = Heads(one, one.Events);
        var open = places.FirstOrDefault(place => !heads.Exists(head => head.Contains(by) || (place.As is { } other && head.Contains(other.For))));
        if (open is null) return new CountedAsOne();
        if (StateAt(one, now) == ApprovalState.Approved) return new EnoughApproved();
        return WhyNotAsAsked(one) is { } not ? not : open;
    }

    private static Outcome<Decider> Rejecting(ApprovalCase one, PersonId by, DateTime now) =>
        WhoDecides(one, by, now).Refused(out var refusal, out var places) ? refusal : places[0];

    /// <returns>The ways in which this person may decide it, at least one: in their own right, or in the places of others whom it does not concern.</returns>
    private static Outcome<IReadOnlyList<Decider>> WhoDecides(ApprovalCase one, PersonId by, DateTime now)
    {
        if (Over(one, now) is { } over) return over;
        if (by == one.Request.Maker) return new OwnRequest();
        if (one.Subjects.Contains(by)) return new RequestAboutYou();
        if (one.MayNow.Contains(by)) return new[] { new Decider(null) };
        var places = one.StandIns.Where(each => each.By == by).ToList();
        if (places.Count == 0) return new NotYours();
        var free = places.Where(place => !IsConcerned(one, place.For)).OrderBy(place => place.Delegation.Value).Select(place => new Decider(place)).ToArray();
        return free.Length == 0 ? new StandsForTheConcerned() : free;
    }

    private static Refusal? WhyNotAsAsked(ApprovalCase one) => !one.MakerMay ? new MakerMayNoMore() : one.BoundHolds ? null : new BoundRowChanged();

    private static ApprovalOver? Over(ApprovalCase one, DateTime now) => StateAt(one, now) switch
    {
        ApprovalState.Done => new("carried out"),
        ApprovalState.Rejected => new("rejected"),
        ApprovalState.Withdrawn => new("withdrawn"),
        ApprovalState.Expired => new("not decided in time"),
        ApprovalState.Waiting or ApprovalState.Approved => null,
    };

    private static ApprovalEvent Next(ApprovalCase one, int after, ApprovalStep step, PersonId? by, DateTime now, StandIn? standIn = null, SignatureId? signature = null, byte[]? reason = null) =>
        new() { Approval = one.Request.Id, Number = one.Events.Count + after, Step = step, By = by, For = standIn?.For, Delegation = standIn?.Delegation, At = now, Signature = signature, Reason = reason };
}
