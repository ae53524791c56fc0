using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Web;

namespace Strongroom.Modules.Customers.Pictures;

/// <summary>
/// The one address of a person's photograph and of their specimen signature, for those who serve customers or visits. For all others there is none. Never
/// kept by a browser or a proxy.
/// </summary>
internal sealed class ShowPicture(StrongroomDb db, CurrentActor current, Blobs blobs, Seals seals)
{
    // Access names it; a custodian at the vault sees whom they admit.
    private const string ServeVisits = "access.serve";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/photographs/{person}", async (PersonId person, ShowPicture show, HttpContext http, CancellationToken cancel) =>
            await show.Handle(person, PictureKind.Photograph, http, cancel)).RequireAuthorization(RightPolicies.SignedIn).WithName("ShowPhotograph").ExcludeFromDescription();
        routes.MapGet("/specimens/{person}", async (PersonId person, ShowPicture show, HttpContext http, CancellationToken cancel) =>
            await show.Handle(person, PictureKind.Specimen, http, cancel)).RequireAuthorization(RightPolicies.SignedIn).WithName("ShowSpecimen").ExcludeFromDescription();
    }

    public async Task<IResult> Handle(PersonId id, PictureKind kind, HttpContext http, CancellationToken cancel)
    {
        var nothing = new NoSuch("picture");
        if (!current.Now.May(CustomersRights.Read) && !current.Now.May(ServeVisits)) return nothing.ToProblem(http);
        var pictures = await db.Set<Person>().Where(row => row.Id == id).Select(row => new { row.Photograph, row.Specimen }).SingleOrDefaultAsync(cancel);
        var blob = kind == PictureKind.Photograph ? pictures?.Photograph : pictures?.Specimen;
        return blob is not null && await blobs.Get(db, seals, blob, cancel) is { } found
            ? TypedResults.Bytes(found.Bytes, found.MediaType)
            : nothing.ToProblem(http);
    }
}
