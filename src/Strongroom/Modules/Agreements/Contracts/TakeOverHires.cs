using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Agreements.Nominations;

namespace Strongroom.Modules.Agreements.Contracts;

internal sealed record BothAreHirers(string Number) : Refusal(
    "agreements.both-are-hirers", 409, $"Both records are hirers of agreement {Number}, so its mode of operation counts this person twice.",
    "End that agreement and make it anew with the person named once, then merge.");

internal sealed record BothOperate(string Number) : Refusal(
    "agreements.both-operate", 409, $"Both records may operate the locker of agreement {Number}, at least one of them by a letter of authority.", "End that letter on the agreement first: the person needs it no more.");

internal sealed record OneIsDead() : Refusal("agreements.one-is-dead", 409, "One of the records is marked as dead (R55).", "Have that taken back first if the person lives; a dead person's records stay as they are.");

/// <summary>When two records of one person are merged, the hires of one go over to the other.</summary>
public static class TakeOverHires
{
    /// <summary>Hires that a person is a party of, ended ones too, or operates by a letter that counts.</summary>
    public static IQueryable<AgreementFacts> HiresOf(this StrongroomDb db, PersonId person) => db.AgreementFacts().Where(hire =>
        db.Set<AgreementParty>().Any(party => party.Agreement == hire.Id && party.Person == person)
        || (hire.EndedOn == null && db.Set<Agent>().Any(agent => agent.Agreement == hire.Id && agent.Person == person && agent.EndedAt == null)));

    /// <summary>The caller's decision rests on the person's hires as they are. <b>Call it before reading</b> who is at the counter: see <see cref="AgreementsContract.LeanOnAgreement"/>.</summary>
    public static async Task LeanOnHiresOf(this StrongroomDb db, PersonId person, CancellationToken cancel)
    {
        foreach (var hire in await db.HiresOf(person).Where(hire => hire.EndedOn == null).OrderBy(hire => hire.Id).Select(hire => hire.Id).ToListAsync(cancel)) await db.LeanOnAgreement(hire, cancel);
    }

    /// <summary>A hire in force that knows both records would come to mean something else; null when there is none.</summary>
    public static async Task<Refusal?> ObjectionToOneHirer(this StrongroomDb db, PersonId one, PersonId other, CancellationToken cancel)
    {
        if (await db.MarkedDead().AnyAsync(dead => dead == one || dead == other, cancel)) return new OneIsDead().About(one).About(other);
        var others = db.HiresOf(other).Select(hire => hire.Id);
        if (await db.HiresOf(one).Where(hire => hire.EndedOn == null && others.Contains(hire.Id)).OrderBy(hire => hire.Number).FirstOrDefaultAsync(cancel) is not { } shared) return null;
        var hirers = await db.Set<AgreementParty>().CountAsync(party => party.Agreement == shared.Id && (party.Person == one || party.Person == other), cancel);
        return hirers == 2 ? new BothAreHirers(shared.Number).About(shared.Id) : new BothOperate(shared.Number).About(shared.Id);
    }

    /// <summary>
    /// The one becomes the other in each hire, in the same place of its order, so that the mode of operation means what it meant. What was sealed under the
    /// first hirer's key is sealed anew. It leans on every agreement: an admission that looked before is turned down at its save.
    /// An ended hire that knows both stays as it was.
    /// </summary>
    public static async Task<IReadOnlyList<AgreementFacts>> TakeOver(this StrongroomDb db, Act act, Blobs blobs, PersonId from, PersonId into, CancellationToken cancel)
    {
        var keys = await act.Seals.KeysOf(db, [from, into], cancel);
        // Their ids first: a query of facts within it would leave the rows untracked.
        var mine = await db.HiresOf(from).Select(hire => hire.Id).ToListAsync(cancel);
        var agreements = await db.Set<Agreement>().Where(row => mine.Contains(row.Id)).OrderBy(row => row.Id).ToListAsync(cancel);
        List<AgreementId> taken = [];
        foreach (var agreement in agreements)
        {
            var parties = await db.Set<AgreementParty>().Where(row => row.Agreement == agreement.Id).OrderBy(row => row.Position).ToListAsync(cancel);
            if (parties.Exists(party => party.Person == into) && agreement.EndedOn is not null) continue;
            db.LeanOn(agreement);
            taken.Add(agreement.Id);
            if (parties[0].Person == from) await SealAnew(db, act, blobs, agreement, into, keys[from], keys[into], cancel);
            if (parties.Find(party => party.Person == from) is { } party)
            {
                db.Remove(party);
                db.Add(new AgreementParty { Agreement = agreement.Id, Person = into, Role = party.Role, Position = party.Position });
            }
        }
        foreach (var agent in await db.Set<Agent>().Where(row => row.Person == from && row.EndedAt == null && taken.Contains(row.Agreement)).ToListAsync(cancel)) agent.Person = into;
        // A freeze is lifted for the hirer who placed it, under whichever record that was.
        foreach (var freeze in await db.Set<Hold>().Where(row => row.Kind == HoldKind.Freeze && row.PlacedBy == from && row.LiftedAt == null && taken.Contains(row.Agreement)).ToListAsync(cancel))
            freeze.PlacedBy = into;
        return await db.AgreementFacts().Where(hire => taken.Contains(hire.Id)).ToListAsync(cancel);
    }

    private static async Task SealAnew(
        StrongroomDb db, Act act, Blobs blobs, Agreement agreement, PersonId into, PersonKeyInHand was, PersonKeyInHand now, CancellationToken cancel)
    {
        var id = agreement.Id;
        agreement.DepositReceipt = now.SealAnew(was, Agreement.ReceiptColumn, id.Value, agreement.DepositReceipt);
        foreach (var hold in await db.Set<Hold>().Where(row => row.Agreement == id).ToListAsync(cancel))
        {
            hold.Reason = now.SealAnew(was, Hold.ReasonColumn, hold.Id.Value, hold.Reason);
            hold.LiftReason = now.SealAnew(was, Hold.LiftReasonColumn, hold.Id.Value, hold.LiftReason);
            hold.Paper = now.SealAnew(was, Hold.PaperColumn, hold.Id.Value, hold.Paper);
            hold.LiftPaper = now.SealAnew(was, Hold.LiftPaperColumn, hold.Id.Value, hold.LiftPaper);
        }
        foreach (var agent in await db.Set<Agent>().Where(row => row.Agreement == id).ToListAsync(cancel))
            agent.EndReason = now.SealAnew(was, Agent.EndReasonColumn, agent.Id.Value, agent.EndReason);
        foreach (var nominee in await db.Set<RecordedNominee>().Where(row => row.Agreement == id).ToListAsync(cancel))
        {
            nominee.Name = now.SealAnew(was, RecordedNominee.NameColumn, id.Value, nominee.Name);
            nominee.Relation = now.SealAnew(was, RecordedNominee.RelationColumn, id.Value, nominee.Relation);
        }
        var nominations = db.Set<Nomination>().Where(row => row.Agreement == id).Select(row => row.Id);
        foreach (var nominee in await db.Set<Nominee>().Where(row => nominations.Contains(row.Nomination)).ToListAsync(cancel))
        {
            var place = nominee.Nomination.Value;
            nominee.Name = now.SealAnew(was, Nominee.NameColumn, place, nominee.Name);
            nominee.Relation = now.SealAnew(was, Nominee.RelationColumn, place, nominee.Relation);
            nominee.BornOn = now.SealAnew(was, Nominee.BornOnColumn, place, nominee.BornOn);
            nominee.Adult = now.SealAnew(was, Nominee.AdultColumn, place, nominee.Adult);
        }
        foreach (var document in await db.Set<Document>().Where(row => row.Agreement == id).ToListAsync(cancel))
            document.Blob = await blobs.PutAgain(db, act, document.Blob, into, cancel);
    }
}
