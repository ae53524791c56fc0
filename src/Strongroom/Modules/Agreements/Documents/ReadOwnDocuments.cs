using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Agreements.Documents;

/// <summary>A paper of one's own hire.</summary>
public sealed record OwnDocument(DocumentId Id, DocumentKind Kind, long Length, DateTime AddedAt, string AgreementNumber, string LockerNumber, string BranchName, string Zone);

/// <summary>The papers that hirers get of what the bank keeps: their own. Orders of courts and the bank's other papers are not among them.</summary>
internal sealed class ReadOwnDocuments(StrongroomDb db, CurrentActor current)
{
    public static readonly DocumentKind[] ForHirers = [DocumentKind.SignedAgreement, DocumentKind.LetterOfAuthority, DocumentKind.NominationForm];

    public async Task<IReadOnlyList<OwnDocument>> Mine(CancellationToken cancel)
    {
        var me = current.Now.Person;
        return await (from document in db.Set<Document>().AsNoTracking()
                      join agreement in db.Set<Agreement>() on document.Agreement equals agreement.Id
                      join party in db.Set<AgreementParty>() on agreement.Id equals party.Agreement
                      join locker in db.LockerFacts() on agreement.Locker equals locker.Id
                      join branch in db.BranchFacts() on agreement.Branch equals branch.Id
                      where party.Person == me && ForHirers.Contains(document.Kind)
                      orderby document.AddedAt descending, document.Id
                      select new OwnDocument(document.Id, document.Kind, document.Length, document.AddedAt, agreement.Number, locker.Number, branch.Name, branch.Zone)).ToListAsync(cancel);
    }
}
