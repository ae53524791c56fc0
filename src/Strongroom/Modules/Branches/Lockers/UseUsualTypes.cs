using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

public sealed record UsualTypesAdded(IReadOnlyList<string> Codes);

internal sealed record UsualTypesThere() : Refusal("branches.usual-types-there", 409, "All the usual types are there.", "Add a type of your own if one is missing.");

/// <summary>Adds the sizes that Indian makers build most, as far as the bank has none of the name: a start, to be checked against the wall.</summary>
internal sealed class UseUsualTypes(StrongroomDb db, Write write)
{
    /// <summary>Height × width × depth in millimetres.</summary>
    internal static readonly AddLockerTypeRequest[] Usual =
    [
        new("A", SizeClass.S, 114, 130, 517),
        new("B", SizeClass.S, 148, 184, 517),
        new("C", SizeClass.S, 114, 328, 517),
        new("D", SizeClass.M, 189, 424, 492),
        new("E", SizeClass.M, 148, 402, 517),
        new("F", SizeClass.M, 314, 260, 517),
        new("G", SizeClass.L, 178, 508, 517),
        new("H", SizeClass.L, 314, 402, 517),
        new("L", SizeClass.XL, 406, 508, 517),
    ];

    public Task<Outcome<UsualTypesAdded>> Handle(CancellationToken cancel) =>
        write.Do<UsualTypesAdded>("branches.use-usual-types", new { }, async act =>
        {
            if (!act.Actor.MayEverywhere(BranchesRights.Write)) return new NotYours();
            var there = await db.Set<LockerType>().Select(row => row.Code).ToListAsync(cancel);
            var types = Usual.Where(type => !there.Contains(type.Code)).Select(type => AddLockerType.New(act, type)).ToList();
            if (types.Count == 0) return new UsualTypesThere();

            db.AddRange(types);
            db.Append(act, new Event(BranchesAudit.TypesAdded).About(types.Select(type => Subject.Of(type.Id))).With("codes", string.Join(", ", types.Select(type => type.Code))));
            return new UsualTypesAdded([.. types.Select(type => type.Code)]);
        }, cancel);
}
