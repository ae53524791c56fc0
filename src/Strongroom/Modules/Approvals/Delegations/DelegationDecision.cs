namespace Strongroom.Modules.Approvals.Delegations;

internal sealed record NothingToHandOver() : Refusal("approvals.nothing-to-hand-over", 403,
    "You approve nothing of this there in your own right, so there is nothing to hand over.", "Hand over only what you approve yourself; what you decide as a stand-in stays with you.");

internal sealed record MayNotStandIn() : Refusal("approvals.may-not-stand-in", 422,
    "This colleague may not stand in for you there.", "Choose somebody who works there and whose duties are not apart from yours; never an auditor or a security officer.");

internal sealed record ApprovesAnyway() : Refusal("approvals.approves-anyway", 409, "This colleague approves all of it anyway, in their own right.", "There is nothing to hand over: they count as themselves.");

internal sealed record StandInIsConcerned() : Refusal("approvals.stand-in-is-concerned", 409,
    "This colleague asked for something that waits for you, or it is about them.", "Choose somebody else, or decide that request before you go.");

internal sealed record DelegationInThePast(string Today) : Refusal("approvals.delegation-in-the-past", 422, "Approvals cannot be handed over for days that have passed.", $"Begin on {Today} or later.");

internal sealed record DelegationTooFarAhead() : Refusal("approvals.delegation-too-far-ahead", 422, "Approvals are handed over for days within a year from now.", "Choose an earlier first day, or hand over when you know that you will be away.");

internal sealed record DelegationEndsTooEarly() : Refusal("approvals.delegation-ends-too-early", 422, "It would end before it begins.", "Choose a later last day.");

internal sealed record DelegationTooLong(int Days) : Refusal("approvals.delegation-too-long", 422, $"Approvals are handed over for {Days} days at most.", "Choose an earlier last day. Who is away for longer has the role given to somebody else.");

internal sealed record DelegationOver() : Refusal("approvals.delegation-over", 409, "This is over already, or was never signed.", "Hand over anew if you still want it.");

/// <summary>What handing over leans on.</summary>
/// <param name="OwnRight">The delegator approves each of the kinds there without anybody's help.</param>
/// <param name="Fit">The colleague may stand in.</param>
/// <param name="Anyway">The colleague approves all of it in their own right.</param>
/// <param name="Concerned">The colleague made a request that waits there, or it is about them.</param>
internal sealed record HandingOver(DateOnly From, DateOnly LastDay, DateOnly Today, int MostDays, bool OwnRight, bool Fit, bool Anyway, bool Concerned);

/// <summary>Whether approvals can be handed over, and whether they can be taken back.</summary>
internal static class DelegationDecision
{
    public static Refusal? WhyNot(HandingOver one) =>
        one.From < one.Today ? new DelegationInThePast($"{one.Today:yyyy-MM-dd}") { Field = "from" }
        : one.From > one.Today.AddYears(1) ? new DelegationTooFarAhead { Field = "from" }
        : one.LastDay < one.From ? new DelegationEndsTooEarly { Field = "lastDay" }
        : one.LastDay.DayNumber - one.From.DayNumber >= one.MostDays ? new DelegationTooLong(one.MostDays) { Field = "lastDay" }
        : !one.OwnRight ? new NothingToHandOver()
        : one.Anyway ? new ApprovesAnyway { Field = "to" }
        : !one.Fit ? new MayNotStandIn { Field = "to" }
        : one.Concerned ? new StandInIsConcerned { Field = "to" }
        : null;

    /// <summary>By either of the two, as long as there is something to end.</summary>
    public static Refusal? WhyNotEnd(Delegation one, IReadOnlyCollection<DelegationStep> happened, PersonId by, DateTime now) =>
        by != one.Delegator && by != one.StandIn ? new NotYours()
        : !happened.Contains(DelegationStep.Signed) || happened.Contains(DelegationStep.Ended) || one.Until <= now ? new DelegationOver()
        : null;
}
