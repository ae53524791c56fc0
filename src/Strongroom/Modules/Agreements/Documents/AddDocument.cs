using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Agreements.Documents;

public sealed record DocumentAdded(DocumentId Id);

/// <summary>Keeps the scan of a paper. The log has its hash, so that the paper on file can be proved to be the one that was scanned.</summary>
internal sealed class AddDocument(StrongroomDb db, Write write, Blobs blobs)
{
    /// <param name="upload">The file as it came.</param>
    public Task<Outcome<DocumentAdded>> Handle(AgreementId id, DocumentKind kind, byte[] upload, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(upload));
        var looked = new Lazy<Outcome<string>>(() => Scan.MediaTypeOf(upload));
        return write.Do<DocumentAdded>("agreements.add-document", new { id, kind, sha256 }, async act =>
        {
            var agreement = await db.Set<Agreement>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (agreement is null || !act.Actor.MayAt(AgreementsRights.Write, agreement.Branch)) return new NoSuch("agreement");
            if (await db.IsOwnMatter(act.Actor, await db.Persons(id, cancel), cancel)) return new OwnMatter().About(id);
            if (looked.Value.Refused(out var refusal, out var mediaType)) return (refusal with { Field = "Scan" }).About(id);

            var hirer = await db.FirstHirer(id, cancel);
            var document = new Document
            {
                Id = act.NewId<Noun.Document>(),
                Agreement = id,
                Kind = kind,
                Blob = await blobs.Put(db, act, hirer, mediaType, upload, cancel),
                MediaType = mediaType,
                Length = upload.Length,
                AddedAt = act.Now,
                AddedBy = act.Actor.Person,
            };
            db.Add(document);
            db.Append(act, new Event(AgreementsAudit.DocumentAdded).About(agreement, hirer).About(document.Id)
                .With("kind", kind).With("bytes", document.Length).With("sha256", sha256));
            return new DocumentAdded(document.Id);
        }, cancel);
    }
}
