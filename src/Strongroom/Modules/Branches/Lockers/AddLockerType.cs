using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Branches.Lockers;

/// <param name="Code">The bank's own name of the size; letters are not comparable between banks.</param>
/// <param name="Height">Millimetres, like width and depth.</param>
public sealed record AddLockerTypeRequest(
    [property: Required, StringLength(10), RegularExpression("[A-Za-z0-9-]+")] string Code,
    [property: EnumDataType(typeof(SizeClass))] SizeClass SizeClass,
    [property: Range(50, 2000)] int Height,
    [property: Range(50, 2000)] int Width,
    [property: Range(50, 2000)] int Depth);

public sealed record LockerTypeAdded(LockerTypeId Id);

internal sealed record TypeCodeTaken() : Refusal("branches.type-code-taken", 409, "There is a locker type of this name.", "Use that one, or choose another name.");

internal sealed class AddLockerType(StrongroomDb db, Write write)
{
    public Task<Outcome<LockerTypeAdded>> Handle(AddLockerTypeRequest request, CancellationToken cancel) =>
        write.Do("branches.add-locker-type", request, act => Task.FromResult(Decide(act, request)), cancel);

    private Outcome<LockerTypeAdded> Decide(Act act, AddLockerTypeRequest request)
    {
        if (!act.Actor.MayEverywhere(BranchesRights.Write)) return new NotYours();
        var type = New(act, request);
        db.Add(type);
        db.Append(act, new Event(BranchesAudit.TypesAdded).About(type.Id).With("codes", type.Code));
        return new LockerTypeAdded(type.Id);
    }

    internal static LockerType New(Act act, AddLockerTypeRequest request) => new()
    {
        Id = act.NewId<Noun.LockerType>(),
        Code = request.Code,
        SizeClass = request.SizeClass,
        Height = request.Height,
        Width = request.Width,
        Depth = request.Depth,
    };
}
