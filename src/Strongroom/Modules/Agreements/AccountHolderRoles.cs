using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>
/// Who is a party of a hire that has not ended is an account holder. The rights hold without a branch, because an account holder's branch is
/// wherever the locker is; they are named apart from the staff's, and each slice asks whether the agreement is theirs.
/// </summary>
internal sealed class AccountHolderRoles(StrongroomDb db) : IRoleSource
{
    private static readonly FrozenSet<string> Rights = new[] { AgreementsRights.AccountRead, AgreementsRights.AccountFreeze }.ToFrozenSet(StringComparer.Ordinal);

    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel) =>
        await db.Set<AgreementParty>().AnyAsync(party => party.Person == person
            && db.Set<Agreement>().Any(agreement => agreement.Id == party.Agreement && agreement.EndedOn == null), cancel)
            ? [new RoleGrant(LandingRoles.AccountHolder, null, Rights)]
            : [];
}
