using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>What a manager asks of the visits of some days.</summary>
public enum VisitsWith { SecondOfficer, Refused }

/// <summary>A branch's day as its manager looks at it.</summary>
/// <param name="Open">The date of the day that is open; another than today was never closed. Null: none is.</param>
/// <param name="ClosedToday">Today was opened and closed again.</param>
/// <param name="Hours">Today's, in the branch's own time; null when the vault is not served.</param>
/// <param name="OutOfHours">They are hours that head office allowed (R19d).</param>
/// <param name="SecondOfficer">Visits of today at which a second officer stood by.</param>
/// <param name="Refused">Visits of today that were refused.</param>
/// <param name="Occurrences">What went wrong and nobody has seen to, of whatever day.</param>
public sealed record DayAtBranch(
    DateOnly Today, DateOnly? Open, bool ClosedToday, DayHours? Hours, bool OutOfHours, IReadOnlyList<VaultFacts> Vaults,
    int Visits, int SecondOfficer, int Refused, IReadOnlyList<(OccurrenceKind Kind, int Count)> Occurrences);

internal sealed class ReadDayAtBranch(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    /// <returns>Null for somebody who does not read the branch's visits.</returns>
    public async Task<DayAtBranch?> Of(BranchFacts branch, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch.Id)) return null;
        var now = clock.UtcNow();
        var today = now.DateIn(branch.Zone);
        var (from, until) = (today.ToUtc(TimeOnly.MinValue, branch.Zone), today.AddDays(1).ToUtc(TimeOnly.MinValue, branch.Zone));
        var days = await db.Set<BranchDay>().AsNoTracking().Where(day => day.Branch == branch.Id && (day.ClosedAt == null || day.Date == today)).ToListAsync(cancel);
        var visits = await db.Set<Visit>().AsNoTracking().Where(visit => visit.Branch == branch.Id && visit.ArrivedAt >= from && visit.ArrivedAt < until)
            .Select(visit => new { visit.State, Second = visit.SecondOfficer != null }).ToListAsync(cancel);
        var occurrences = await db.Set<Occurrence>().Where(row => row.Branch == branch.Id && row.SeenAt == null)
            .GroupBy(row => row.Kind).Select(group => new { group.Key, Count = group.Count() }).ToListAsync(cancel);
        var calendar = await db.CalendarAt(branch.Id, now, cancel);
        return new(
            today, days.Find(day => day.ClosedAt is null)?.Date, days.Exists(day => day.Date == today && day.ClosedAt is not null), calendar.On(today), calendar.IsOutOfHours(today),
            await db.VaultFacts().Where(vault => vault.Branch == branch.Id).OrderBy(vault => vault.Name).ToListAsync(cancel),
            visits.Count, visits.Count(visit => visit.Second), visits.Count(visit => visit.State == VisitState.Refused),
            [.. occurrences.OrderBy(one => one.Key).Select(one => (one.Key, one.Count))]);
    }
}
