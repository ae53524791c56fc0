using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Web.Slips;

public sealed record PrintedSlip(byte[] Pdf) : IShownOnce;

/// <summary>
/// The slip of a visit as a PDF: at the desk in the language of whoever operated the locker, for an account holder in their own. A desk's print is an event of
/// the visit; what the bank gives its own hirer of their own is none.
/// </summary>
internal sealed class PrintSlip(StrongroomDb db, Write write, CurrentActor current, ReadSlip read, SiteAddress site, IConfiguration configuration, TimeProvider clock)
{
    private const string Pdf = "application/pdf";

    public static string AtDesk(VisitId visit) => $"/desk/visits/{visit}/slip";

    public static string OfOwn(VisitId visit) => $"/account/visits/{visit}/slip";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/desk/visits/{id}/slip", async (VisitId id, PrintSlip print, HttpContext http, CancellationToken cancel) =>
            (await print.ForDesk(id, cancel)).Refused(out var refusal, out var slip) ? (IResult)refusal.ToProblem(http) : TypedResults.Bytes(slip.Pdf, Pdf))
            .RequireAuthorization(AccessRights.Read).WithName("PrintSlip").ExcludeFromDescription();
        routes.MapGet("/account/visits/{id}/slip", async (VisitId id, PrintSlip print, HttpContext http, CancellationToken cancel) =>
            await print.ForHirer(id, cancel) is { } pdf ? (IResult)TypedResults.Bytes(pdf, Pdf) : new NoSuch("visit").ToProblem(http))
            .RequireAuthorization(AgreementsRights.AccountRead).WithName("PrintOwnSlip").ExcludeFromDescription();
    }

    public Task<Outcome<PrintedSlip>> ForDesk(VisitId id, CancellationToken cancel) => write.Do<PrintedSlip>("access.print-slip", new { id }, async act =>
    {
        var visit = await db.VisitFacts().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (visit is null || !act.Actor.MayAt(AccessRights.Read, visit.Branch)) return new NoSuch("visit");
        db.Append(act, new Event(SlipContract.SlipPrinted).About(visit.Id).About(visit.Locker).About(visit.Agreement).About(visit.Operator).About(visit.Branch));
        return new PrintedSlip(await Draw(visit, visit.Operator, act.Now, cancel));
    }, cancel);

    /// <returns>Null for whoever is not a hirer of the locker.</returns>
    public async Task<byte[]?> ForHirer(VisitId id, CancellationToken cancel)
    {
        if (current.Now.Person is not { } me) return null;
        var visit = await db.VisitFacts().SingleOrDefaultAsync(row => row.Id == id && db.PartyFacts().Any(party => party.Agreement == row.Agreement && party.Person == me), cancel);
        return visit is null ? null : await Draw(visit, me, clock.UtcNow(), cancel);
    }

    private async Task<byte[]> Draw(VisitFacts visit, PersonId reader, DateTime now, CancellationToken cancel)
    {
        var language = await db.PersonFacts().Where(person => person.Id == reader).Select(person => person.Language).SingleAsync(cancel);
        return SlipPaper.Draw(await read.Of(visit, reader, cancel), SlipWords.In(language), configuration["Bank:Name"] ?? "Strongroom", site.To, now);
    }
}
