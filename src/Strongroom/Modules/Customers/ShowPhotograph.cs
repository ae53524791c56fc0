using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Web;

namespace Strongroom.Modules.Customers;

/// <summary>The one address of a person's photograph, for those who serve customers or visits. Never kept by a browser or a proxy.</summary>
internal sealed class ShowPhotograph(StrongroomDb db, CurrentActor current, Blobs blobs, Seals seals)
{
    // Access names it; a custodian at the vault sees whom they admit.
    private const string ServeVisits = "access.serve";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/photographs/{person}", async (PersonId person, ShowPhotograph show, HttpContext http, CancellationToken cancel) =>
            await show.Handle(person, http, cancel)).RequireAuthorization(RightPolicies.SignedIn).WithName("ShowPhotograph").ExcludeFromDescription();

    public async Task<IResult> Handle(PersonId id, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!current.Now.May(CustomersRights.Read) && !current.Now.May(ServeVisits)) return new NotYours().ToProblem(http);
        var blob = await db.Set<Person>().Where(row => row.Id == id).Select(row => row.Photograph).SingleOrDefaultAsync(cancel);
        return blob is not null && await blobs.Get(db, seals, blob, cancel) is { } found
            ? TypedResults.Bytes(found.Bytes, found.MediaType)
            : new NoSuch("photograph").ToProblem(http);
    }
}
