using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

internal sealed record EmergencyRole(Role Role) : Refusal("staff.emergency-role", 422,
    $"Nobody becomes {Duties.Words(Role)} in an emergency.", "Choose manager, custodian or counter officer. Set-up, watching and reviewing can wait.");

internal sealed record EmergencyTooLong(int Minutes) : Refusal("staff.emergency-too-long", 422, $"Emergency access lasts {Minutes} minutes at most.", "Take less. If it is not enough, have the role given by an administrator.");

internal sealed record EmergencyNeedless(Role Role) : Refusal("staff.emergency-needless", 409, $"You are {Duties.Words(Role)} there already.", "Go on with your work; nothing need be opened.");

internal sealed record EmergencyOpenAlready() : Refusal("staff.emergency-open-already", 409, "You have emergency access already.", "End it first if you need another.");

internal sealed record EmergencyTooOften(int Times) : Refusal("staff.emergency-too-often", 409, $"You have taken emergency access {Times} times in thirty days.", "Have the role given by an administrator: what happens so often is no emergency.");

internal sealed record SecondIsYou() : Refusal("staff.emergency-second-is-you", 422, "The second signature must be somebody else’s.", "Choose a colleague.");

internal sealed record SecondMayNotSign() : Refusal("staff.emergency-second-may-not", 422,
    "This colleague may not sign for it.", "Choose a manager, an administrator, or an officer of that branch whose post is not the same as yours.");

internal sealed record SecondIsRelative() : Refusal("staff.emergency-second-is-relative", 422, "A relative does not sign for your emergency access.", "Choose another colleague.");

internal sealed record EmergencyOver() : Refusal("staff.emergency-over", 409, "This emergency access is over already, or was never opened.", "There is nothing to end.");

internal sealed record EmergencyStillOpen() : Refusal("staff.emergency-still-open", 409, "This emergency access is not over yet.", "Review it when it is. An administrator can end it now.");

internal sealed record ReviewedAlready() : Refusal("staff.emergency-reviewed", 409, "This has been reviewed already.", "The review stands; write a complaint to the auditors if you doubt it.");

internal sealed record TookPart() : Refusal("staff.emergency-took-part", 403, "Who took part in it does not review it.", "Leave it to an auditor or administrator who neither had the access nor signed for it.");

/// <summary>A posting in force.</summary>
/// <param name="Counts">False for one that grants nothing: it keeps its officer from what belongs apart, and makes them nobody.</param>
internal sealed record Post(Role Role, BranchId? Branch, bool Counts = true)
{
    public static Post Of(StandingPosting posting) => new(posting.Facts.Role, posting.Facts.Branch, posting.Counts);

    public bool IsAt(BranchId branch) => Branch is null || Branch == branch;
}

/// <summary>What opening an emergency leans on.</summary>
/// <param name="Own">The asker's own postings of today. Roles held by an emergency are none.</param>
/// <param name="Seconds">The second person's.</param>
/// <param name="TimesLately">How often the asker opened one in the last thirty days.</param>
internal sealed record BreakingGlass(
    Role Role, BranchId Branch, int Minutes, BreakGlassPolicy Policy, IReadOnlyList<Post> Own, IReadOnlyList<Post> Seconds, bool SecondIsAsker, bool SecondIsRelative, bool OpenNow, int TimesLately);

/// <summary>Who took part in an emergency, and how far it has come.</summary>
internal sealed record EmergencyStanding(PersonId Holder, PersonId Second, DateTime? OpenedAt, DateTime? Until, DateTime? EndedAt, bool Reviewed)
{
    public bool IsOpen(DateTime now) => OpenedAt <= now && now < Until && EndedAt is null;

    public bool IsOver(DateTime now) => OpenedAt is not null && !IsOpen(now);
}

/// <summary>Whether emergency access may be opened, ended, reviewed.</summary>
internal static class EmergencyDecision
{
    public static readonly Role[] Roles = [Role.Manager, Role.Custodian, Role.CounterOfficer];

    // Duties apart stand as they do for a posting: an emergency is no way around them.
    public static Refusal? WhyNotOpen(BreakingGlass one)
    {
        if (!one.Own.Any(post => post.Counts)) return new NotYours();
        if (!Roles.Contains(one.Role)) return new EmergencyRole(one.Role) { Field = "role" };
        if (one.Minutes > one.Policy.Minutes) return new EmergencyTooLong(one.Policy.Minutes) { Field = "minutes" };
        var here = one.Own.Where(post => post.IsAt(one.Branch)).ToList();
        if (here.Exists(post => post.Counts && post.Role == one.Role)) return new EmergencyNeedless(one.Role) { Field = "role" };
        if (here.Find(post => Duties.Conflict(one.Role, post.Role)) is { } apart) return new DutiesConflict(one.Role, apart.Role) { Field = "role" };
        if (one.OpenNow) return new EmergencyOpenAlready();
        if (one.TimesLately >= one.Policy.TimesInThirtyDays) return new EmergencyTooOften(one.TimesLately);
        if (one.SecondIsAsker) return new SecondIsYou { Field = "second" };
        if (!Vouch(one.Seconds, one.Branch, one.Own)) return new SecondMayNotSign { Field = "second" };
        return one.SecondIsRelative ? new SecondIsRelative { Field = "second" } : null;
    }

    /// <summary>
    /// Managers and administrators wherever they are, and who works at the branch, by a post that is not the asker's as well. Auditors review it and so take no part; the
    /// guard at the door has no say in it.
    /// </summary>
    public static bool Vouch(IEnumerable<Post> seconds, BranchId branch, IReadOnlyList<Post> own) => seconds.Any(post => post.Counts
        && (post.Role is Role.Manager or Role.Admin || (post.Branch == branch && post.Role is Role.Custodian or Role.CounterOfficer))
        && !own.Any(mine => mine.Role == post.Role && mine.Branch == post.Branch));

    /// <summary>What was opened gives its role as long as its holder has another one in the bank, and holds nothing there that is apart from it, whichever came first.</summary>
    public static bool Gives(Role role, BranchId branch, IReadOnlyList<Post> own) =>
        own.Any(post => post.Counts) && !own.Any(post => post.IsAt(branch) && Duties.Conflict(role, post.Role));

    /// <param name="anyone">An administrator: they may end anybody's.</param>
    public static Refusal? WhyNotEnd(EmergencyStanding one, PersonId by, bool anyone, DateTime now) =>
        by != one.Holder && by != one.Second && !anyone ? new NotYours() : one.IsOpen(now) ? null : new EmergencyOver();

    /// <param name="mayReview">Auditor or administrator.</param>
    public static Refusal? WhyNotReview(EmergencyStanding one, PersonId by, bool mayReview, DateTime now) =>
        !mayReview ? new NotYours()
        : by == one.Holder || by == one.Second ? new TookPart()
        : one.OpenedAt is null ? new NoSuch("emergency")
        : !one.IsOver(now) ? new EmergencyStillOpen()
        : one.Reviewed ? new ReviewedAlready()
        : null;
}
