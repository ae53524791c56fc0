namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// Facts that give a signed-in person roles: postings of staff, agreements of account holders. Later modules register theirs with
/// <c>AddScoped&lt;IRoleSource, …&gt;()</c>; all are asked at each request, so what ended a moment ago counts no more.
/// </summary>
public interface IRoleSource
{
    /// <returns>No rows for a person whom this source does not know. Read without tracking, one query.</returns>
    Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel);

    /// <returns>Everybody who has the right in the whole bank, will have it or ever had it: what nobody can undo by taking it away from a colleague.</returns>
    Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel);
}

/// <summary>Role names by which a person lands on a face after signing in; any other role of the bank's lands on the desk.</summary>
public static class LandingRoles
{
    public const string Admin = "Admin", AccountHolder = "AccountHolder", Security = "Security", Auditor = "Auditor";

    /// <summary>A role in the bank: neither what a hirer has, nor the door that a delegation opens.</summary>
    public static bool IsOfTheBank(this RoleGrant grant) => grant.Role != AccountHolder && !grant.StandIn;
}
