using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Access.Occurrences;

/// <summary>An occurrence as the branch reads it.</summary>
public sealed record OccurrenceLine(
    OccurrenceId Id, OccurrenceKind Kind, DateTime At, LockerId? Locker, string? LockerNumber, VisitId? Visit, string? By, string? Note, DateTime? SeenAt, string? SeenBy, string? Answer)
{
    public string Words => WordsOf(Kind);

    public static string WordsOf(OccurrenceKind kind) => kind switch
    {
        OccurrenceKind.DoorFoundOpen => "A locker's door was found open",
        OccurrenceKind.LongInside => "Somebody has been inside for long",
        OccurrenceKind.WillNotLeave => "A customer will not leave",
        OccurrenceKind.KeyLost => "The hirer has lost the key",
        OccurrenceKind.WrongKey => "The key is another locker's",
        OccurrenceKind.LockJammed => "The lock is jammed",
        OccurrenceKind.HirerUnwell => "A customer is unwell",
        OccurrenceKind.PowerLost => "Power or network was lost",
        OccurrenceKind.Other => "Something else",
    };

    /// <summary>What an officer does first.</summary>
    public static string FirstOf(OccurrenceKind kind) => kind switch
    {
        OccurrenceKind.DoorFoundOpen => "Do not look inside. Shut the door before a colleague and try it. The hirers are told at once.",
        OccurrenceKind.LongInside => "Go and ask at the booth, by name.",
        OccurrenceKind.WillNotLeave => "Stay at the door, call the manager. Nobody is shut in, whatever the hour.",
        OccurrenceKind.KeyLost => "Open nothing. The hirer writes the loss down at the counter; the lock is changed in their presence.",
        OccurrenceKind.WrongKey => "Compare the number on the key with the plate and with the register.",
        OccurrenceKind.LockJammed => "Force nothing. Keep the guard key with you and call the manager.",
        OccurrenceKind.HirerUnwell => "Call for help first. The locker is locked before its hirer's eyes or a colleague's.",
        OccurrenceKind.PowerLost => "Lead everybody out by name. Go on with the paper slips.",
        OccurrenceKind.Other => "Write down what you saw, not what you think.",
    };
}

internal sealed class ReadOccurrences(StrongroomDb db, CurrentActor current, Seals seals)
{
    public const int PageSize = 50;

    /// <summary>A branch's, newest first; those alone that nobody has seen to when asked so. Null for somebody who does not read the branch's visits.</summary>
    public async Task<(IReadOnlyList<OccurrenceLine> Rows, int Total)?> Of(BranchId branch, bool openOnly, int skip, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch)) return null;
        var all = db.Set<Occurrence>().AsNoTracking().Where(row => row.Branch == branch && (!openOnly || row.SeenAt == null));
        return (await Lines(all.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Skip(skip).Take(PageSize), newestFirst: true, cancel), await all.CountAsync(cancel));
    }

    /// <summary>A branch's of a time, the end excluded, oldest first. Null for somebody who does not read the branch's visits.</summary>
    public async Task<IReadOnlyList<OccurrenceLine>?> Between(BranchId branch, DateTime begins, DateTime ends, int most, CancellationToken cancel) =>
        current.Now.MayAt(AccessRights.Read, branch)
            ? await Lines(db.Set<Occurrence>().AsNoTracking().Where(row => row.Branch == branch && row.At >= begins && row.At < ends).OrderBy(row => row.At).ThenBy(row => row.Id).Take(most), newestFirst: false, cancel)
            : null;

    private async Task<IReadOnlyList<OccurrenceLine>> Lines(IQueryable<Occurrence> which, bool newestFirst, CancellationToken cancel)
    {
        var rows = await (from row in which
                          join locker in db.LockerFacts() on row.Locker equals (LockerId?)locker.Id into lockers
                          from locker in lockers.DefaultIfEmpty()
                          join finder in db.PersonFacts() on row.By equals (PersonId?)finder.Id into finders
                          from finder in finders.DefaultIfEmpty()
                          join seen in db.PersonFacts() on row.SeenBy equals (PersonId?)seen.Id into seens
                          from seen in seens.DefaultIfEmpty()
                          select new { row, locker.Number, By = finder.Name, Seen = seen.Name }).ToListAsync(cancel);
        // A join keeps no order that was asked for within it.
        var ordered = newestFirst ? rows.OrderByDescending(one => one.row.At).ThenByDescending(one => one.row.Id.Value) : rows.OrderBy(one => one.row.At).ThenBy(one => one.row.Id.Value);
        return [.. ordered.Select(one => new OccurrenceLine(one.row.Id, one.row.Kind, one.row.At, one.row.Locker, one.Number, one.row.Visit, one.By,
            Open(Occurrence.NotePlace, one.row.Note), one.row.SeenAt, one.Seen, Open(Occurrence.AnswerPlace, one.row.Answer)))];
    }

    private string? Open(string place, byte[]? words) => words is null ? null : Encoding.UTF8.GetString(seals.OpenForBank(place, words));
}
