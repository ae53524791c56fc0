using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Customers.Consents;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Modules.Customers.Verifying;

namespace Strongroom.Modules.Customers.Contracts;

internal sealed record MergedAlready() : Refusal("customers.merged-already", 409, "One of the two records was merged already.", "Open it: it leads to the record that stays.");

internal sealed record KindsDiffer() : Refusal("customers.kinds-differ", 409, "One is a person and the other an organisation.", "Leave them apart. Who acts for an organisation is entered as its signatory.");

internal sealed record CifsDiffer() : Refusal(
    "customers.cifs-differ", 409, "The two records have different customer numbers.", "For the bank these are two customers. Have one number closed first and take it out of its record here.");

internal sealed record BornOnDifferentDays() : Refusal(
    "customers.born-on-different-days", 409, "The two records have different dates of birth.", "Look at an identity document and correct the record that is wrong. If both are right, these are two people.");

internal sealed record BothActForOne() : Refusal(
    "customers.both-act-for-one", 409, "Both records are entered in the same list of signatories, so one signature would count for two.", "End one of the two entries first.");

/// <summary>
/// Two records of one person become one (ADR 18). What stands goes over to the record that stays; what happened remains where it happened. The old
/// record is kept, found no more, and leads to the one that stays.
/// </summary>
public static class MergedPeople
{
    /// <summary>Records that were merged into this one.</summary>
    public static IQueryable<PersonId> MergedInto(this StrongroomDb db, PersonId stays) =>
        db.Set<Person>().AsNoTracking().Where(row => row.MergedInto == stays).Select(row => row.Id);

    /// <summary>The caller's decision rests on these records standing: a merge of one of them meanwhile is a lost race. Call it before reading them.</summary>
    public static async Task LeanOnPersons(this StrongroomDb db, IReadOnlyCollection<PersonId> persons, CancellationToken cancel)
    {
        foreach (var person in await db.Set<Person>().Where(row => persons.Contains(row.Id)).ToListAsync(cancel)) db.LeanOn(person);
    }

    /// <summary>Why the two records cannot be one, as far as the persons themselves go; null when they can.</summary>
    public static async Task<Refusal?> ObjectionToMerge(this StrongroomDb db, Seals seals, PersonId one, PersonId other, CancellationToken cancel)
    {
        var rows = await db.Set<Person>().AsNoTracking().Where(row => row.Id == one || row.Id == other).ToListAsync(cancel);
        if (rows is not [var a, var b]) return new NoSuch("person");
        if (a.MergedInto is not null || b.MergedInto is not null) return new MergedAlready();
        if (a.Kind != b.Kind) return new KindsDiffer();
        if (a.Cif is not null && b.Cif is not null) return new CifsDiffer();
        var keys = await seals.KeysOf(db, [one, other], cancel);
        if (BornOn(a, keys[a.Id]) is { } born && BornOn(b, keys[b.Id]) is { } bornToo && born != bornToo) return new BornOnDifferentDays();
        var signatories = await db.SignatoryFacts().Where(row => row.Person == one || row.Person == other || row.Organisation == one || row.Organisation == other).ToListAsync(cancel);
        return signatories.GroupBy(row => (row.Organisation == other ? one : row.Organisation, row.Person == other ? one : row.Person)).Any(twice => twice.Count() > 1) ? new BothActForOne() : null;
    }

    /// <summary>
    /// What stands of one record goes over to the other: channels and particulars that it lacks, the newest photograph, specimen and due diligence, consents
    /// as they were last said, and what it signs for. Sealed values are sealed anew under the key of the record that stays.
    /// </summary>
    public static async Task TakeOverPerson(this StrongroomDb db, Act act, Blobs blobs, PersonId from, PersonId into, CancellationToken cancel)
    {
        var (old, stays) = (await db.Set<Person>().SingleAsync(row => row.Id == from, cancel), await db.Set<Person>().SingleAsync(row => row.Id == into, cancel));
        var keys = await act.Seals.KeysOf(db, [from, into], cancel);
        var both = new Both(from, into, keys[from], keys[into]);

        if (old.Cif is not null) (stays.Cif, old.Cif) = (old.Cif, null);
        stays.BornOn ??= BornOn(old, both.Was) is { } born ? both.Is.Seal(CustomersContract.BornOnColumn, into.Value, born) : null;
        stays.Address ??= old.Address is { } home ? both.Is.Seal(CustomersContract.HomeColumn, into.Value, both.Was.Open(CustomersContract.HomeColumn, from.Value, home)) : null;
        // Whoever set a code word is asked for it, whichever of the two they are found by.
        stays.CodeWord ??= both.Is.SealAnew(both.Was, CodeWords.Column, from.Value, into.Value, old.CodeWord);
        if (Newer(old.DueDiligenceReviewOn, stays.DueDiligenceReviewOn)) stays.DueDiligenceReviewOn = old.DueDiligenceReviewOn;
        if (old.Photograph is { } photograph && (stays.Photograph is null || Newer(old.PhotographTakenOn, stays.PhotographTakenOn)))
            (stays.Photograph, stays.PhotographTakenOn) = (await blobs.PutAgain(db, act, photograph, into, cancel), old.PhotographTakenOn);
        if (old.Specimen is { } specimen && (stays.Specimen is null || Newer(old.SpecimenTakenOn, stays.SpecimenTakenOn)))
            (stays.Specimen, stays.SpecimenTakenOn) = (await blobs.PutAgain(db, act, specimen, into, cancel), old.SpecimenTakenOn);

        await Channels(db, act, both, cancel);
        await Consents(db, both, cancel);
        await Signatories(db, both, cancel);
        (old.MergedInto, old.MergedAt) = (into, act.Now);
        foreach (var earlier in await db.Set<Person>().Where(row => row.MergedInto == from).ToListAsync(cancel)) earlier.MergedInto = into;
        db.LeanOn(old);
        db.LeanOn(stays);
    }

    private sealed record Both(PersonId From, PersonId Into, PersonKeyInHand Was, PersonKeyInHand Is);

    private static bool Newer(DateOnly? one, DateOnly? other) => one is { } date && !(other >= date);

    internal static DateOnly? BornOn(Person person, PersonKeyInHand key) =>
        person.BornOn is { } born ? key.Open(CustomersContract.BornOnColumn, person.Id.Value, born) : null;

    // Messages went to the old rows, so they stay, in use no more.
    private static async Task Channels(StrongroomDb db, Act act, Both both, CancellationToken cancel)
    {
        var rows = await db.Set<Channel>().Where(row => (row.Person == both.From || row.Person == both.Into) && row.RemovedAt == null).ToListAsync(cancel);
        var gone = rows.FindAll(row => row.Person == both.From);
        foreach (var old in gone)
        {
            old.RemovedAt = act.Now;
            // What was asked for on the own page of a record that goes is asked for again.
            if (old.State == ChannelState.Asked) continue;
            if (rows.Find(row => row.Person == both.Into && row.Kind == old.Kind && row.Blind == old.Blind) is { } same)
            {
                same.VerifiedAt ??= old.VerifiedAt;
                if (old.State == ChannelState.Given) same.State = ChannelState.Given;
                continue;
            }
            var id = act.NewId<Noun.Channel>();
            db.Add(new Channel
            {
                Id = id,
                Person = both.Into,
                Kind = old.Kind,
                Address = both.Is.Seal(CustomersContract.AddressColumn, id.Value, both.Was.Open(CustomersContract.AddressColumn, old.Id.Value, old.Address)),
                Blind = old.Blind,
                Masked = old.Masked,
                State = old.State,
                AddedAt = act.Now,
                VerifiedAt = old.VerifiedAt,
            });
        }
        var ids = gone.ConvertAll(row => row.Id);
        foreach (var check in await db.Set<ChannelCheck>().Where(row => ids.Contains(row.Channel) && row.EndedAt == null).ToListAsync(cancel)) check.EndedAt = act.Now;
    }

    // R82: what the person said last counts, to whichever record it was said.
    private static async Task Consents(StrongroomDb db, Both both, CancellationToken cancel)
    {
        var rows = await db.Set<Consent>().Where(row => row.Person == both.From || row.Person == both.Into).ToListAsync(cancel);
        foreach (var purpose in rows.GroupBy(row => row.Purpose))
        {
            var last = purpose.MaxBy(row => row.WithdrawnAt ?? row.GivenAt)!;
            if (last.Person == both.Into) continue;
            var standing = purpose.SingleOrDefault(row => row.Person == both.Into && row.WithdrawnAt is null);
            if (last.WithdrawnAt is not null && standing is not null) (standing.WithdrawnAt, standing.WithdrawnBy) = (last.WithdrawnAt, last.WithdrawnBy);
            if (last.WithdrawnAt is null && standing is null) last.Person = both.Into;
        }
    }

    private static async Task Signatories(StrongroomDb db, Both both, CancellationToken cancel)
    {
        var rows = await db.Set<Signatory>().Where(row => row.EndedAt == null && (row.Person == both.From || row.Organisation == both.From)).ToListAsync(cancel);
        // Who acts for an organisation is what an admission leans on.
        var organisations = rows.ConvertAll(row => row.Organisation);
        await db.LeanOnPersons(organisations, cancel);
        foreach (var row in rows)
        {
            if (row.Person == both.From) row.Person = both.Into;
            if (row.Organisation != both.From) continue;
            row.Organisation = both.Into;
            row.Resolution = both.Is.SealAnew(both.Was, Signatory.ResolutionColumn, row.Id.Value, row.Resolution);
        }
    }
}
