using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>
/// Who is a party of a hire that has not ended is an account holder. The rights hold without a branch, because an account holder's branch is
/// wherever the locker is; they are named apart from the staff's, and each slice asks whether the agreement is theirs.
/// </summary>
internal sealed class AccountHolderRoles(StrongroomDb db) : IRoleSource
{
    private static readonly FrozenSet<string> Rights = new[] { AgreementsRights.AccountRead, AgreementsRights.AccountFreeze }.ToFrozenSet(StringComparer.Ordinal);

    // A join: a table that is named within a lambda costs a compilation at each call, and this is asked at each request.
    public async Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel) =>
        await (
            from party in db.Set<AgreementParty>()
            join agreement in db.Set<Agreement>() on party.Agreement equals agreement.Id
            where party.Person == person && agreement.EndedOn == null
            select agreement.Id).AnyAsync(cancel) && !await db.MarkedDead().AnyAsync(dead => dead == person, cancel)
            ? [new RoleGrant(LandingRoles.AccountHolder, null, Rights)]
            : [];

    /// <summary>None of the bank's own rights comes from a hire.</summary>
    public Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonId>>([]);
}
