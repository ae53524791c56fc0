using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers;

internal sealed record PhotographNotYetTaken() : Refusal("customers.photograph-not-yet-taken", 422, "The photograph was taken in the future.", "Enter the day on which it was taken.");

/// <summary>R0b: the picture that the access screen shows, with its age. A new one takes the old one's place; the old one stays in the blobs.</summary>
internal sealed class TakePhotograph(StrongroomDb db, Write write, Blobs blobs)
{
    /// <param name="upload">The file as it came.</param>
    public Task<Outcome<Done>> Handle(PersonId id, byte[] upload, DateOnly takenOn, CancellationToken cancel)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(upload));
        var normalised = new Lazy<Outcome<byte[]>>(() => Photographs.Normalise(upload));
        return write.Do<Done>("customers.take-photograph", new { id, sha256, takenOn }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (person is null) return new NoSuch("person");
            if (act.CheckVersion(person) is { } stale) return stale;
            // A day's grace: the branch may be ahead of UTC.
            if (takenOn > DateOnly.FromDateTime(act.Now).AddDays(1)) return new PhotographNotYetTaken { Field = "TakenOn" }.About(id);
            if (normalised.Value.Refused(out var refusal, out var picture)) return (refusal with { Field = "Picture" }).About(id);

            person.Photograph = await blobs.Put(db, act, id, Photographs.MediaType, picture, cancel);
            person.PhotographTakenOn = takenOn;
            // The same picture again changes nothing else, and is an event all the same.
            db.LeanOn(person);
            db.Append(act, new Event(CustomersAudit.PhotographTaken).About(id).With("taken-on", takenOn));
            return Done.It;
        }, cancel);
    }
}
