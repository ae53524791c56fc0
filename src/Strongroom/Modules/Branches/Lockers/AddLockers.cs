using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

/// <summary>A run of lockers as they stand in a cabinet: row by row from the left, numbers counting up. One locker is a run of one.</summary>
/// <param name="FirstNumber">The printed number of the first, "101" or "A-007"; the digits at its end count up and keep their width.</param>
/// <param name="FirstRow">From the top, counted from 1.</param>
/// <param name="FirstColumn">From the left, counted from 1; every row of the run begins here.</param>
/// <param name="Columns">How many stand side by side.</param>
public sealed record AddLockersRequest(
    LockerTypeId Type,
    [property: EnumDataType(typeof(LockKind))] LockKind Lock,
    [property: Required, StringLength(20), RegularExpression("([A-Za-z0-9/-]*[A-Za-z/-])?[0-9]{1,9}")] string FirstNumber,
    [property: Range(1, 500)] int Count,
    [property: Range(1, 100)] int FirstRow,
    [property: Range(1, 100)] int FirstColumn,
    [property: Range(1, 100)] int Columns);

public sealed record LockersAdded(IReadOnlyList<LockerId> Ids, string FirstNumber, string LastNumber);

internal sealed record LockerNumberTaken(string? Number = null) : Refusal("branches.locker-number-taken", 409,
    Number is null ? "A locker of this branch has one of these numbers." : $"Locker {Number} of this branch is there already.", "Begin with another number, or add fewer.");

internal sealed record PlaceTaken(int? Row = null, int? Column = null) : Refusal("branches.place-taken", 409,
    Row is null ? "A locker stands in one of these places." : $"A locker stands in row {Row}, column {Column} of this cabinet already.", "Begin with another row or column.");

internal sealed record NumbersTooLong() : Refusal("branches.numbers-too-long", 422, "The last number would be longer than 20 characters.", "Begin with a shorter number.");

internal sealed class AddLockers(StrongroomDb db, Write write)
{
    public Task<Outcome<LockersAdded>> Handle(CabinetId id, AddLockersRequest request, CancellationToken cancel) =>
        write.Do<LockersAdded>("branches.add-lockers", new { id, request }, async act =>
        {
            var cabinet = await (from row in db.Set<Cabinet>().AsNoTracking() join vault in db.Set<Vault>() on row.Vault equals vault.Id where row.Id == id select new { row.Vault, vault.Branch }).SingleOrDefaultAsync(cancel);
            if (cabinet is null || !act.Actor.MayAt(BranchesRights.Write, cabinet.Branch)) return new NoSuch("cabinet");
            var type = await db.Set<LockerType>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == request.Type, cancel);
            if (type is null) return new NoSuch("locker type") { Field = "type" };

            var run = Run(request).ToList();
            if (run[^1].Number.Length > 20) return new NumbersTooLong { Field = "firstNumber" };
            // The database refuses both collisions too; asking first lets the refusal name the locker.
            var numbers = run.Select(place => place.Number).ToList();
            if (await db.Set<Locker>().Where(row => row.Branch == cabinet.Branch && numbers.Contains(row.Number)).OrderBy(row => row.Number).FirstOrDefaultAsync(cancel) is { } there)
                return new LockerNumberTaken(there.Number) { Field = "firstNumber" };
            var standing = await db.Set<Locker>().Where(row => row.Cabinet == id).Select(row => new { row.Row, row.Column }).ToListAsync(cancel);
            if (run.FirstOrDefault(place => standing.Any(one => one.Row == place.Row && one.Column == place.Column)) is { Number.Length: > 0 } taken)
                return new PlaceTaken(taken.Row, taken.Column) { Field = "firstRow" };

            var lockers = run.Select(place => new Locker
            {
                Id = act.NewId<Noun.Locker>(),
                Branch = cabinet.Branch,
                Cabinet = id,
                Type = type.Id,
                Number = place.Number,
                Lock = request.Lock,
                Condition = LockerCondition.InService,
                Row = place.Row,
                Column = place.Column,
            }).ToList();
            db.AddRange(lockers);
            db.Append(act, new Event(BranchesAudit.LockersAdded).About(cabinet.Branch).About(cabinet.Vault).About(id).About(lockers.Select(locker => Subject.Of(locker.Id)))
                .With("first", run[0].Number).With("last", run[^1].Number).With("count", run.Count).With("type", type.Code).With("lock", request.Lock));
            return new LockersAdded([.. lockers.Select(locker => locker.Id)], run[0].Number, run[^1].Number);
        }, cancel);

    internal static IEnumerable<(string Number, int Row, int Column)> Run(AddLockersRequest request)
    {
        var prefix = request.FirstNumber.TrimEnd([.. "0123456789"]);
        var digits = request.FirstNumber[prefix.Length..];
        var first = long.Parse(digits, CultureInfo.InvariantCulture);
        for (var i = 0; i < request.Count; i++)
        {
            var number = prefix + (first + i).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0');
            yield return (number, request.FirstRow + i / request.Columns, request.FirstColumn + i % request.Columns);
        }
    }
}
