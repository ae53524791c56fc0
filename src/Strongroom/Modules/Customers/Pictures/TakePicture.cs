using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers.Pictures;

internal sealed record PictureNotYetTaken() : Refusal("customers.picture-not-yet-taken", 422, "The picture was taken in the future.", "Enter the day on which it was taken.");

internal sealed record NoPictureOfOrganisation() : Refusal("customers.no-picture-of-organisation", 409, "An organisation has neither face nor signature.", "Take the pictures of its signatories.");

/// <summary>
/// R0b: the photograph and the specimen signature that the access screen shows, with their age. A new one takes the old one's place; the old one stays in
/// the blobs.
/// </summary>
internal sealed class TakePicture(StrongroomDb db, Write write, Blobs blobs)
{
    /// <param name="upload">The file as it came.</param>
    public Task<Outcome<Done>> Handle(PersonId id, PictureKind kind, byte[] upload, DateOnly takenOn, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(upload));
        var normalised = new Lazy<Outcome<byte[]>>(() => Picture.Normalise(upload));
        return write.Do<Done>("customers.take-picture", new { id, kind, sha256, takenOn }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person");
            if (act.CheckVersion(person) is { } stale) return stale;
            if (person.Kind == PersonKind.Organisation) return new NoPictureOfOrganisation().About(id);
            // A day's grace: the branch may be ahead of UTC.
            if (takenOn > DateOnly.FromDateTime(act.Now).AddDays(1)) return new PictureNotYetTaken { Field = "TakenOn" }.About(id);
            if (normalised.Value.Refused(out var refusal, out var picture)) return (refusal with { Field = "Picture" }).About(id);

            var blob = await blobs.Put(db, act, id, Picture.MediaType, picture, cancel);
            if (kind == PictureKind.Photograph) (person.Photograph, person.PhotographTakenOn) = (blob, takenOn);
            else (person.Specimen, person.SpecimenTakenOn) = (blob, takenOn);
            // The same picture again changes nothing else, and is an event all the same.
            db.LeanOn(person);
            db.Append(act, new Event(kind == PictureKind.Photograph ? CustomersAudit.PhotographTaken : CustomersAudit.SpecimenTaken).About(id).With("taken-on", takenOn));
            return Done.It;
        }, cancel);
    }
}
