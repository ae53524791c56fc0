using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Staff.Contracts;

public enum StaffDueKind { Training, Declaration }

/// <summary>What an officer of a branch is to renew: a training that ended (R19e), the yearly declaration of relatives (R16).</summary>
/// <param name="Training">Of a training: which.</param>
/// <param name="Since">Until when the last one counted; null when there was none.</param>
public sealed record StaffDue(OfficerId Officer, PersonId Person, StaffDueKind Kind, TrainingKind? Training, DateOnly? Since);

public static class StaffDues
{
    /// <summary>When a declaration made on a day is to be renewed.</summary>
    public static DateOnly RenewalOf(DateOnly confirmedOn) => confirmedOn.AddYears(1);

    /// <summary>
    /// What is due on a branch's local date among the officers posted at it: training that ended, vault training that a custodian never had, and
    /// declarations a year old. Head office's people are posted at no branch and on nobody's list here.
    /// </summary>
    public static async Task<IReadOnlyList<StaffDue>> StaffDue(this StrongroomDb db, BranchId branch, DateOnly today, CancellationToken cancel)
    {
        var posted = (await db.PostedAt(branch, today).Where(posting => posting.Branch == branch)
            .Select(posting => new { posting.Officer, posting.Person, posting.Role }).ToListAsync(cancel)).ToLookup(posting => (posting.Officer, posting.Person), posting => posting.Role);
        var officers = posted.Select(group => group.Key.Officer).ToList();
        var trainings = (await db.Set<Training>().AsNoTracking().Where(row => officers.Contains(row.Officer)).GroupBy(row => new { row.Officer, row.Kind })
            .Select(group => new { group.Key.Officer, group.Key.Kind, Until = group.Max(row => row.Until) }).ToListAsync(cancel)).ToLookup(row => row.Officer);
        var confirmed = await db.Set<Officer>().AsNoTracking().Where(row => officers.Contains(row.Id)).ToDictionaryAsync(row => row.Id, row => row.RelativesConfirmedOn, cancel);

        List<StaffDue> due = [];
        foreach (var officer in posted)
        {
            var (id, person) = officer.Key;
            due.AddRange(trainings[id].Where(row => row.Until < today).Select(row => new StaffDue(id, person, StaffDueKind.Training, row.Kind, row.Until)));
            if (officer.Contains(Role.Custodian) && trainings[id].All(row => row.Kind != TrainingKind.Vault))
                due.Add(new(id, person, StaffDueKind.Training, TrainingKind.Vault, null));
            if (confirmed[id] is not { } on) due.Add(new(id, person, StaffDueKind.Declaration, null, null));
            else if (RenewalOf(on) <= today) due.Add(new(id, person, StaffDueKind.Declaration, null, RenewalOf(on)));
        }
        return due;
    }

    public static string Words(TrainingKind kind) => kind switch
    {
        TrainingKind.Vault => "vault training",
        TrainingKind.Fire => "fire training",
        TrainingKind.Robbery => "training for a robbery",
        TrainingKind.FirstAid => "first aid",
    };
}
