using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Recertifying;

internal sealed record OwnPosting() : Refusal("staff.recertify-own", 403, "Nobody confirms their own role.", "Ask another administrator.");

internal sealed record GivenByYou() : Refusal("staff.recertify-given-by-you", 403, "You gave this role yourself, and there is a colleague who has not.", "Let another administrator look at it.");

internal sealed record NotDueYet(DateOnly From) : Refusal("staff.recertify-not-due", 409, "This role need not be confirmed yet.", $"It stands on the list from {From:yyyy-MM-dd} on.");

/// <summary>What a decision about a posting leans on.</summary>
/// <param name="Officer">Whose posting it is.</param>
/// <param name="GivenBy">Who carried out the act that gave it; null for the command line and imports.</param>
/// <param name="Administrators">Those who could confirm it at this instant, whoever they are.</param>
internal sealed record PostingToConfirm(PersonId Officer, PersonId? GivenBy, IReadOnlySet<PersonId> Administrators, DateOnly RecertifyBy);

/// <summary>
/// The year of a posting: noticed → due → in grace → lapsed, and back when it is confirmed. All borders are local midnights of its branch (of Greenwich for the whole
/// bank), the day named included in what follows.
/// </summary>
internal static class RecertificationRules
{
    public static (DateOnly RecertifyBy, DateOnly LapsesOn) From(DateOnly day, StaffPolicy policy)
    {
        var by = day.AddDays(policy.RecertifyDays);
        return (by, by.AddDays(policy.RecertifyGraceDays));
    }

    public static RecertificationState StateAt(DateOnly recertifyBy, DateOnly lapsesOn, int noticeDays, DateOnly today) =>
        lapsesOn <= today ? RecertificationState.Lapsed
        : recertifyBy <= today ? RecertificationState.Overdue
        : recertifyBy.AddDays(-noticeDays) <= today ? RecertificationState.Due
        : RecertificationState.Confirmed;

    /// <summary>Why this person may not say that the role is still needed; null when they may. To end one needs nobody else, as ever.</summary>
    public static Refusal? WhyNotConfirm(PostingToConfirm posting, PersonId by, int noticeDays, DateOnly today)
    {
        if (by == posting.Officer) return new OwnPosting();
        if (by == posting.GivenBy && posting.Administrators.Any(other => other != by && other != posting.Officer)) return new GivenByYou();
        return posting.RecertifyBy.AddDays(-noticeDays) <= today ? null : new NotDueYet(posting.RecertifyBy.AddDays(-noticeDays));
    }

    /// <summary>
    /// An administrator's posting that nobody confirmed lapses only while two others stand: the bank must never be left without administrators, and one alone could
    /// approve nothing.
    /// </summary>
    public static bool LastAdministratorsStay(int othersStanding) => othersStanding < 2;
}
