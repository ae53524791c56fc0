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

/// <summary>A request, what became of it, and what its next step leans on.</summary>
/// <param name="Subjects">Whom it is about.</param>
/// <param name="Events">In order.</param>
/// <param name="MayNow">Of its approvers and of who acts: those who have the right at this instant.</param>
/// <param name="Apart">Of the same: those who did what belongs apart from approving this, and what it was.</param>
/// <param name="MakerMay">Its maker could still make it.</param>
/// <param name="BoundHolds">Every row it touches has the version that it had when the request was made.</param>
/// <param name="AtOnce">The last approval carries it out; otherwise its maker does, later.</param>
internal sealed record ApprovalCase(
    ApprovalRequest Request, IReadOnlySet<PersonId> Subjects, IReadOnlyList<ApprovalEvent> Events, IReadOnlySet<PersonId> MayNow,
    IReadOnlyDictionary<PersonId, string> Apart, bool MakerMay, bool BoundHolds, bool AtOnce);

/// <summary>
/// The life of a request: made → approved by as many as are needed → used; or rejected, withdrawn, expired. Its state is what its events and the time make
/// of it, and is stored nowhere. Who made it, whom it is about, who has no right to it any more and who did what belongs apart count for nothing, whatever
/// stands in its events.
/// </summary>
internal static class ApprovalLife
{
    /// <summary>Half open: at the instant at which it expires it has expired.</summary>
    public static ApprovalState StateAt(ApprovalRequest request, IReadOnlyList<ApprovalEvent> events, int counted, DateTime now) =>
        events.Select(one => Closed(one.Step)).FirstOrDefault(state => state is not null)
        ?? (request.ExpiresAt <= now ? ApprovalState.Expired : counted >= request.Needed ? ApprovalState.Approved : ApprovalState.Waiting);

    /// <summary>The different persons whose approval counts.</summary>
    public static IReadOnlySet<PersonId> Approvers(ApprovalCase one, IEnumerable<ApprovalEvent> events) => events
        .Where(happened => happened is { Step: ApprovalStep.Approved, By: not null })
        .Select(happened => happened.By!.Value)
        .Where(person => person != one.Request.Maker && !one.Subjects.Contains(person) && one.MayNow.Contains(person) && !one.Apart.ContainsKey(person))
        .ToHashSet();

    public static ApprovalState StateAt(ApprovalCase one, DateTime now) => StateAt(one.Request, one.Events, Approvers(one, one.Events).Count, now);

    /// <summary>Why this person may not approve it now; null when they may.</summary>
    public static Refusal? WhyNotApprove(ApprovalCase one, PersonId by, DateTime now) =>
        WhyNotDecide(one, by, now)
        ?? (one.Apart.TryGetValue(by, out var did) ? new DutiesApart(did) : null)
        ?? (Approvers(one, one.Events).Contains(by) ? new ApprovedBefore() : null)
        ?? (StateAt(one, now) == ApprovalState.Approved ? new EnoughApproved() : null)
        ?? WhyNotAsAsked(one);

    /// <returns>One more approval; and, where it was the last one needed of an act that is done at once, that it is done.</returns>
    public static Outcome<IReadOnlyList<ApprovalEvent>> Approve(ApprovalCase one, PersonId by, SignatureId signature, DateTime now)
    {
        if (WhyNotApprove(one, by, now) is { } refusal) return refusal;
        var approved = Next(one, 1, ApprovalStep.Approved, by, now, signature: signature);
        var enough = Approvers(one, [.. one.Events, approved]).Count >= one.Request.Needed;
        return enough && one.AtOnce ? new[] { approved, Next(one, 2, ApprovalStep.Used, by, now) } : new[] { approved };
    }

    /// <summary>Who approved may still think better of it, until it is done.</summary>
    public static Refusal? WhyNotReject(ApprovalCase one, PersonId by, DateTime now) => WhyNotDecide(one, by, now);

    public static Outcome<ApprovalEvent> Reject(ApprovalCase one, PersonId by, byte[] reason, DateTime now) =>
        WhyNotReject(one, by, now) is { } refusal ? refusal : Next(one, 1, ApprovalStep.Rejected, by, now, reason: reason);

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

    private static Refusal? WhyNotDecide(ApprovalCase one, PersonId by, DateTime now)
    {
        if (Over(one, now) is { } over) return over;
        if (by == one.Request.Maker) return new OwnRequest();
        if (one.Subjects.Contains(by)) return new RequestAboutYou();
        return one.MayNow.Contains(by) ? null : new NotYours();
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

    private static ApprovalEvent Next(ApprovalCase one, int after, ApprovalStep step, PersonId? by, DateTime now, SignatureId? signature = null, byte[]? reason = null) =>
        new() { Approval = one.Request.Id, Number = one.Events.Count + after, Step = step, By = by, At = now, Signature = signature, Reason = reason };
}
