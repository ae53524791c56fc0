using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches;

/// <param name="Code">The bank's own number of the branch.</param>
/// <param name="Zone">IANA time zone, "Asia/Kolkata".</param>
/// <param name="Jurisdiction">The law it stands under: a pack's code, "IN".</param>
public sealed record BranchDetails(
    [property: Required, StringLength(20), RegularExpression("[A-Za-z0-9-]+")] string Code,
    [property: Required, StringLength(100)] string Name,
    [property: Required, StringLength(60)] string Zone,
    [property: Required, StringLength(10)] string Jurisdiction,
    [property: EnumDataType(typeof(LocationClass))] LocationClass LocationClass)
{
    /// <summary>What no attribute can know: that the zone and the law exist.</summary>
    internal Refusal? Fault(PolicyBook book)
    {
        // A Windows name would be understood here and nowhere else.
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) || !zone.HasIanaId) return new UnknownZone { Field = "zone" };
        return book.Jurisdictions.Any(law => law.Code == Jurisdiction) ? null : new UnknownJurisdiction(book) { Field = "jurisdiction" };
    }
}

public sealed record BranchOpened(BranchId Id);

internal sealed record UnknownZone() : Refusal("branches.unknown-zone", 422, "There is no such time zone.", "Use an IANA name, such as Asia/Kolkata.");

internal sealed record UnknownJurisdiction(PolicyBook Book) : Refusal("branches.unknown-jurisdiction", 422,
    "The program knows no law by this code.", $"Choose one of {string.Join(", ", Book.Jurisdictions.Select(law => law.Code))}.");

internal sealed record BranchCodeTaken() : Refusal("branches.code-taken", 409, "Another branch has this code.", "Open that branch, or use the right code.");

internal sealed class OpenBranch(StrongroomDb db, Write write, PolicyBook book)
{
    public Task<Outcome<BranchOpened>> Handle(BranchDetails request, CancellationToken cancel) =>
        write.Do("branches.open", request, act => Task.FromResult(Decide(act, request)), cancel);

    private Outcome<BranchOpened> Decide(Act act, BranchDetails request)
    {
        if (!act.Actor.MayEverywhere(BranchesRights.Write)) return new NotYours();
        if (request.Fault(book) is { } fault) return fault;
        var branch = new Branch
        {
            Id = act.NewId<Noun.Branch>(),
            Code = request.Code,
            Name = request.Name.Trim(),
            Zone = request.Zone,
            Jurisdiction = request.Jurisdiction,
            LocationClass = request.LocationClass,
            Hours = "",
        };
        db.Add(branch);
        db.Append(act, new Event(BranchesAudit.BranchOpened).About(branch.Id)
            .With("code", branch.Code).With("zone", branch.Zone).With("jurisdiction", branch.Jurisdiction).With("class", branch.LocationClass));
        return new BranchOpened(branch.Id);
    }
}
