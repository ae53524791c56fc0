using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Exchange.Merging;

/// <param name="Branch">Whose officers decide it.</param>
/// <param name="Stays">The record that is kept.</param>
/// <param name="Goes">The record that is merged into it.</param>
/// <param name="VersionOfStays">As the officer saw it.</param>
/// <param name="Reason">How the officer knows that the two are one person.</param>
public sealed record AskMergeRequest(
    [property: Required] BranchId? Branch,
    [property: Required] PersonId? Stays,
    [property: Required] PersonId? Goes,
    long VersionOfStays,
    long VersionOfGoes,
    [property: Required, StringLength(500, MinimumLength = 5)] string Reason);

/// <summary>The merge as it was asked for, and the signature of a second officer that it waits for.</summary>
public sealed record MergeAsked(MergeId Id, SignatureId Signature);

public sealed record PersonsMerged(PersonId Stays, int Hires);

internal sealed record SameRecord() : Refusal("exchange.same-record", 422, "That is one and the same record.", "Choose another one to compare it with.");

internal sealed record PersonOfStaff() : Refusal(
    "exchange.person-of-staff", 409, "One of the two records is an officer's, whose signatures and keys stand under it.", "Leave both. Enter the officer's customer number on the officer's record.");

internal sealed record OwnRecord() : Refusal("exchange.own-record", 403, "This is your own record or that of a relative (R16).", "Ask a colleague who is not concerned.");

internal sealed record VisitOpenWithOne() : Refusal("exchange.visit-open", 409, "This person is at the counter or in the vault at this moment.", "End the visit first, then merge.");

internal sealed record HireOfOtherBranch(string Branch) : Refusal(
    "exchange.hire-of-other-branch", 409, $"The record that would go has a locker at {Branch}, where you decide nothing.", "Keep that record instead, or ask the manager there.");

internal sealed record MergeDone() : Refusal("exchange.merge-done", 409, "The two records were merged already.", "Open the person's page.");

/// <summary>
/// Two records of one person become one (ADR 18). It stands last in the order of modules, because every room gives something over by a contract of its own.
/// Nobody is ever merged by name: an officer who knows says so, and a second one signs it.
/// </summary>
internal sealed class MergePersons(StrongroomDb db, Write write, Blobs blobs)
{
    internal const string ActName = "exchange.merge-persons";

    /// <summary>First half: says what would become one, and asks a second officer to sign it.</summary>
    public Task<Outcome<MergeAsked>> Ask(AskMergeRequest request, CancellationToken cancel) =>
        write.Do<MergeAsked>("exchange.ask-merge", request, async act =>
        {
            if (act.Actor.Person is not { } me) return new NotYours();
            var (stays, goes, branch) = (request.Stays!.Value, request.Goes!.Value, request.Branch!.Value);
            if ((await Plan(act, stays, goes, request.VersionOfStays, request.VersionOfGoes, branch, cancel)).Refused(out var refusal, out var plan)) return refusal.About(stays).About(goes);

            var (id, reason) = (act.NewId<Noun.Merge>(), request.Reason.Trim());
            var key = await act.Seals.KeyOf(db, stays, cancel);
            // Relatives have no say in it either, and the signer is not known yet.
            var concerned = await db.RelativesOf(stays).Union(db.RelativesOf(goes)).ToListAsync(cancel);
            var merge = new Merge
            {
                Id = id,
                Stays = stays,
                Goes = goes,
                VersionOfStays = request.VersionOfStays,
                VersionOfGoes = request.VersionOfGoes,
                Branch = branch,
                Reason = key.Seal(Merge.ReasonColumn, id.Value, reason),
                AskedAt = act.Now,
                AskedBy = me,
                Signature = Signatures.Ask(db, act, new ToSign(
                    ActName, PayloadOf(id, stays, goes, reason), $"Merge {plan.Gone} into {plan.Kept}: two records of one person. {reason}", branch,
                    Signer: null, ExchangeRights.SignMerge, [me, stays, goes, .. concerned])),
            };
            db.Add(merge);
            db.Append(act, new Event(ExchangeAudit.MergeAsked).About(stays).About(goes).About(branch).About(id).About(merge.Signature).Withhold("reason", reason, stays, key));
            return new MergeAsked(id, merge.Signature);
        }, cancel);

    /// <summary>Second half: what stands goes over to the record that stays, in one transaction.</summary>
    public Task<Outcome<PersonsMerged>> Handle(MergeId id, CancellationToken cancel) =>
        write.Do<PersonsMerged>("exchange.merge-persons", new { id }, async act =>
        {
            var merge = await db.Set<Merge>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (merge is null || merge.AskedBy != act.Actor.Person) return new NoSuch("merge");
            var (stays, goes) = (merge.Stays, merge.Goes);
            if (merge.DoneAt is not null) return new MergeDone().About(stays);
            // Guard rows first, before anything is read: whoever enters one of the two or checks them in now is a lost race for one of us.
            var organisations = await db.SignatoryFacts().Where(row => row.Person == goes).Select(row => row.Organisation).ToListAsync(cancel);
            await db.LeanOnPersons([stays, goes, .. organisations], cancel);
            await db.LeanOnHiresOf(goes, cancel);
            if ((await Plan(act, stays, goes, merge.VersionOfStays, merge.VersionOfGoes, merge.Branch, cancel)).Refused(out var refusal, out _)) return refusal.About(stays).About(goes);
            var key = await act.Seals.KeyOf(db, stays, cancel);
            var reason = key.Open(Merge.ReasonColumn, id.Value, merge.Reason);
            if ((await Signatures.Use(db, act, merge.Signature, ActName, PayloadOf(id, stays, goes, reason), cancel)).Refused(out refusal, out var signed)) return refusal.About(stays).About(goes);

            var hires = await db.TakeOver(act, blobs, goes, stays, cancel);
            await db.TakeOverPerson(act, blobs, goes, stays, cancel);
            await db.TakeOverUser(act, goes, stays, cancel);
            await db.TakeOverDeclarations(act, goes, stays, cancel);
            var visits = await db.TakeOverRegister(goes, stays, cancel);
            await db.TakeOverQueue(act, goes, stays, cancel);
            await db.TakeOverDuties(goes, stays, cancel);
            (merge.DoneAt, merge.SignedBy) = (act.Now, signed.Signer);
            db.Append(act, new Event(ExchangeAudit.Merged).About(stays).About(goes).About(id).About(merge.Branch).About(signed.Signer)
                .About(hires.Select(hire => Subject.Of(hire.Id))).About(hires.Select(hire => Subject.Of(hire.Locker))).About(hires.Select(hire => Subject.Of(hire.Branch)))
                .With("lockers", hires.Count).With("visits-of-the-old-register", visits).Withhold("reason", reason, stays, key));
            return new PersonsMerged(stays, hires.Count);
        }, cancel);

    // Versions are compared, not signed: what changed meanwhile is "stale", which says more than "something else was signed".
    private static object PayloadOf(MergeId id, PersonId stays, PersonId goes, string reason) => new { merge = id, stays, goes, reason };

    /// <summary>Names of the two, when nothing stands against it now.</summary>
    private sealed record MergePlan(string Kept, string Gone);

    private async Task<Outcome<MergePlan>> Plan(Act act, PersonId stays, PersonId goes, long versionOfStays, long versionOfGoes, BranchId branch, CancellationToken cancel)
    {
        if (!act.Actor.MayAt(ExchangeRights.Merge, branch)) return new NotYours();
        if (stays == goes) return new SameRecord { Field = nameof(AskMergeRequest.Goes) };
        var persons = await db.PersonFacts().Where(row => row.Id == stays || row.Id == goes).ToDictionaryAsync(row => row.Id, cancel);
        if (persons.Count < 2) return new NoSuch("person");
        PersonId[] both = [stays, goes];
        if (both.Contains(act.Actor.Person!.Value) || await db.RelativesOf(act.Actor.Person.Value).AnyAsync(relative => both.Contains(relative), cancel)) return new OwnRecord();
        if (await db.ObjectionToMerge(act.Seals, stays, goes, cancel) is { } apart) return apart;
        if (persons[stays].Version != versionOfStays || persons[goes].Version != versionOfGoes) return new Stale();
        if (await db.PersonsOfStaff().AnyAsync(person => both.Contains(person), cancel)) return new PersonOfStaff();
        if (await db.ObjectionToOneSignIn(goes, stays, cancel) is { } twice) return twice;
        if (await db.ObjectionToOneHirer(stays, goes, cancel) is { } shared) return shared;
        if (await db.OpenVisitsWith(both).AnyAsync(cancel)) return new VisitOpenWithOne();
        var branches = await db.HiresOf(goes).Where(hire => hire.EndedOn == null).Select(hire => hire.Branch).Distinct().ToListAsync(cancel);
        if (branches.FindAll(one => !act.Actor.MayAt(ExchangeRights.Merge, one)) is [var elsewhere, ..])
            return new HireOfOtherBranch(await db.BranchFacts().Where(row => row.Id == elsewhere).Select(row => row.Name).SingleAsync(cancel));
        return new MergePlan(Words(persons[stays]), Words(persons[goes]));
    }

    private static string Words(PersonFacts person) => person.Cif is { } cif ? $"{person.Name} (customer number {cif})" : $"{person.Name} (no customer number)";
}
