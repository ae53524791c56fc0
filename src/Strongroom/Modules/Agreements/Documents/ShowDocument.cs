using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Web;

namespace Strongroom.Modules.Agreements.Documents;

/// <summary>
/// A scan for those who may read its agreement, and for its hirers where it is their own paper, always as a file to save: a stranger's PDF is never run in our origin. Never kept by a browser or a proxy.
/// </summary>
internal sealed class ShowDocument(StrongroomDb db, CurrentActor current, Blobs blobs, Seals seals)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/documents/{document}", async (DocumentId document, ShowDocument show, HttpContext http, CancellationToken cancel) =>
            await show.Handle(document, http, cancel)).RequireAuthorization(RightPolicies.SignedIn).WithName("ShowDocument").ExcludeFromDescription();

    public async Task<IResult> Handle(DocumentId id, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var me = current.Now.Person;
        var found = await (from document in db.Set<Document>().AsNoTracking()
                           join agreement in db.Set<Agreement>() on document.Agreement equals agreement.Id
                           where document.Id == id
                           select new
                           {
                               document.Kind,
                               document.Blob,
                               document.MediaType,
                               agreement.Branch,
                               Mine = db.Set<AgreementParty>().Any(party => party.Agreement == agreement.Id && party.Person == me),
                           }).SingleOrDefaultAsync(cancel);
        if (found is null || !(current.Now.MayAt(AgreementsRights.Read, found.Branch) || (found.Mine && current.Now.May(AgreementsRights.AccountRead) && ReadOwnDocuments.ForHirers.Contains(found.Kind)))
            || await blobs.Get(db, seals, found.Blob, cancel) is not { } scan)
            return new NoSuch("document").ToProblem(http);
        return TypedResults.Bytes(scan.Bytes, found.MediaType, FileName(found.Kind, found.MediaType));
    }

    // Says what it is and nothing about whom: a name of a saved file is read by others.
    private static string FileName(DocumentKind kind, string mediaType) => DocumentWords.Of(kind).ToLowerInvariant().Replace(' ', '-') + mediaType switch
    {
        "application/pdf" => ".pdf",
        "image/png" => ".png",
        _ => ".jpg",
    };
}

internal static class DocumentWords
{
    public static string Of(DocumentKind kind) => kind switch
    {
        DocumentKind.SignedAgreement => "Signed agreement",
        DocumentKind.LetterOfAuthority => "Letter of authority",
        DocumentKind.NominationForm => "Nomination form",
        DocumentKind.CourtOrder => "Court order",
        DocumentKind.DeathCertificate => "Death certificate",
        DocumentKind.Other => "Other paper",
    };
}
