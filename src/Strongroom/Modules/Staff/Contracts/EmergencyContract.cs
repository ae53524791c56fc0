using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Staff.Emergencies;

namespace Strongroom.Modules.Staff.Contracts;

/// <summary>Raised when somebody took emergency access: an alarm, whatever the hour.</summary>
/// <param name="Event">Of the log.</param>
public sealed record EmergencyOpened(EmergencyId Emergency, EventId Event, PersonId Holder, PersonId Second, BranchId Branch, Role Role, DateTime At, DateTime Until);

public static class EmergencyContract
{
    /// <summary>How many of the branch are open or wait for their review.</summary>
    public static async Task<int> EmergenciesToKnowOf(this StrongroomDb db, BranchId branch, DateTime now, CancellationToken cancel) =>
        await db.Set<Emergency>().Where(row => row.Branch == branch).Open(db, now).CountAsync(cancel)
        + await db.Set<Emergency>().Where(row => row.Branch == branch).ToReview(db, now).CountAsync(cancel);

    /// <summary>Who has the right at the branch at this instant by emergency access, beside those who are posted there: the same as <see cref="StaffRoles"/> says of each of them.</summary>
    public static async Task<IReadOnlyList<PersonId>> PersonsInEmergencyWith(this StrongroomDb db, string right, BranchId branch, DateTime now, CancellationToken cancel)
    {
        var roles = EmergencyDecision.Roles.Where(role => Rights.InEmergency(role).Contains(right)).ToList();
        var open = await db.Set<Emergency>().AsNoTracking().Where(row => row.Branch == branch && roles.Contains(row.Role)).Open(db, now).Select(row => new { row.Holder, row.Role }).ToListAsync(cancel);
        if (open.Count == 0) return [];
        var holders = open.Select(one => one.Holder).ToList();
        var posts = await db.PostingsInForce(db.PostingFacts().Where(posting => holders.Contains(posting.Person)), now, cancel);
        return [.. open.Where(one => EmergencyDecision.Gives(one.Role, branch, [.. posts[one.Holder].Select(Post.Of)])).Select(one => one.Holder).Distinct()];
    }
}
