using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Agreements;

/// <param name="Hirer">The first-named.</param>
/// <param name="Number">As printed on the paper; unique in its branch.</param>
/// <param name="SignedOn">When the stamped agreement was signed; null while it is not on file.</param>
/// <param name="RentPaidUntil">The last day that is paid for.</param>
/// <param name="JointHirers">The others, in the order in which the paper names them.</param>
/// <param name="Mandate">Single where there is one hirer; joint hirers must say how they operate.</param>
public sealed record MakeAgreementRequest(
    [property: Required] LockerId? Locker,
    [property: Required] PersonId? Hirer,
    [property: Required, StringLength(30)] string Number,
    [property: Required] DateOnly? StartsOn,
    DateOnly? SignedOn,
    DateOnly? CopyDeliveredOn,
    DateOnly? RentPaidUntil,
    [property: MaxLength(20)] IReadOnlyList<PersonId>? JointHirers = null,
    [property: EnumDataType(typeof(Mandate))] Mandate? Mandate = null);

public sealed record AgreementMade(AgreementId Id);

/// <summary>Lets a vacant locker to one hirer or to several jointly; an organisation hires through its signatories.</summary>
internal sealed class MakeAgreement(StrongroomDb db, Write write, PolicyBook policies)
{
    public Task<Outcome<AgreementMade>> Handle(MakeAgreementRequest request, CancellationToken cancel) =>
        write.Do<AgreementMade>("agreements.make", request, async act =>
        {
            var lockerId = request.Locker!.Value;
            List<PersonId> hirers = [request.Hirer!.Value, .. request.JointHirers ?? []];
            var locker = await db.LockerFacts().SingleOrDefaultAsync(row => row.Id == lockerId, cancel);
            if (locker is null || !act.Actor.MayAt(AgreementsRights.Write, locker.Branch)) return new NoSuch("locker");
            var branch = await db.BranchFacts().SingleAsync(row => row.Id == locker.Branch, cancel);
            var today = act.Now.DateIn(branch.Zone);
            if (hirers.Distinct().Count() < hirers.Count) return new HirerTwice { Field = nameof(request.JointHirers) };
            var most = (await policies.At<AgreementPolicy>(branch.Jurisdiction, branch.Id, today, cancel)).Values.MostHirers;
            if (hirers.Count > most) return new TooManyHirers(most) { Field = nameof(request.JointHirers) };
            var mandate = request.Mandate ?? Mandate.Single;
            if (!mandate.Fits(hirers.Count)) return new MandateDoesNotFit { Field = nameof(request.Mandate) };

            // A hirer's record may be merged into another at this moment: one of the two acts comes second and reads again.
            await db.LeanOnPersons(hirers, cancel);
            if ((await Parties(hirers, today, cancel)).Refused(out var unfit, out var concerned)) return unfit.About(locker.Id);
            if (await db.IsOwnMatter(act.Actor, concerned.Persons, cancel)) return new OwnMatter().About(hirers[0]).About(locker.Id);
            if (concerned.Fault is { } fault) return fault.About(locker.Id);
            if (locker.Condition != LockerCondition.InService) return new LockerNotInService { Field = nameof(request.Locker) }.About(locker.Id);
            if (await db.Set<Agreement>().AnyAsync(row => row.Locker == locker.Id && row.EndedOn == null, cancel))
                return new LockerTaken { Field = nameof(request.Locker) }.About(locker.Id);
            if (locker.OccupantUnknown && !await db.Set<Agreement>().AnyAsync(row => row.Locker == locker.Id, cancel))
                return new OccupantUnknown { Field = nameof(request.Locker) }.About(locker.Id);
            if (request.SignedOn > today) return new PaperOfTheFuture { Field = nameof(request.SignedOn) };
            if (request.CopyDeliveredOn > today) return new PaperOfTheFuture { Field = nameof(request.CopyDeliveredOn) };

            var agreement = new Agreement
            {
                Id = act.NewId<Noun.Agreement>(),
                Number = request.Number.Trim(),
                Branch = locker.Branch,
                Locker = locker.Id,
                Mandate = mandate,
                StartsOn = request.StartsOn!.Value,
                SignedOn = request.SignedOn,
                CopyDeliveredOn = request.CopyDeliveredOn,
                RentPaidUntil = request.RentPaidUntil,
            };
            db.Add(agreement);
            db.AddRange(hirers.Select((hirer, at) => new AgreementParty { Agreement = agreement.Id, Person = hirer, Role = PartyRole.Hirer, Position = at + 1 }));
            db.Append(act, new Event(AgreementsAudit.Made).About(agreement, hirers[0]).About(hirers.Select(Subject.Of))
                .With("number", agreement.Number).With("mandate", agreement.Mandate).With("hirers", hirers.Count).With("starts-on", agreement.StartsOn));
            return new AgreementMade(agreement.Id);
        }, cancel);

    /// <param name="Persons">Hirers and, of organisations, those who act for them.</param>
    /// <param name="Fault">R0: the first of them who is not identified. Whose own matter it is, is asked before.</param>
    private sealed record Concerned(IReadOnlyList<PersonId> Persons, Refusal? Fault);

    private async Task<Outcome<Concerned>> Parties(List<PersonId> hirers, DateOnly today, CancellationToken cancel)
    {
        var found = await db.PersonFacts().Where(row => hirers.Contains(row.Id) && row.MergedInto == null).ToDictionaryAsync(row => row.Id, cancel);
        if (found.Count < hirers.Count) return new NoSuch("person");
        List<PersonId> persons = [.. hirers];
        var dead = await db.MarkedDead().FirstOrDefaultAsync(person => hirers.Contains(person), cancel);
        Refusal? fault = dead == default ? null : new PersonIsDead(found[dead].Name).About(dead);
        foreach (var hirer in hirers.Select(id => found[id]))
        {
            fault ??= Identified.Fault(hirer, today) is { } own ? own.About(hirer.Id) : null;
            if (hirer.Kind != PersonKind.Organisation) continue;
            var signatories = await (from signatory in db.SignatoryFacts()
                                     join person in db.PersonFacts() on signatory.Person equals person.Id
                                     where signatory.Organisation == hirer.Id && (signatory.Until == null || signatory.Until >= today)
                                     select person).ToListAsync(cancel);
            persons.AddRange(signatories.Select(person => person.Id));
            if (signatories.Count == 0) fault ??= new NoSignatory(hirer.Name).About(hirer.Id);
            fault ??= signatories.Select(person => Identified.Fault(person, today) is { } one ? one.About(person.Id).About(hirer.Id) : null).FirstOrDefault(one => one is not null);
        }
        return new Concerned(persons, fault);
    }
}
