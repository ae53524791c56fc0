namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// Why a disabled sign-in is closed, as its owner may read it: told only to who has typed the right password, because who has not must not learn that
/// there is such an account. Later modules register theirs with <c>AddScoped&lt;IClosedSignIn, …&gt;()</c>.
/// </summary>
public interface IClosedSignIn
{
    /// <returns>Null where this source knows no reason: then the answer is the same as to a wrong password.</returns>
    Task<Refusal?> Why(PersonId person, CancellationToken cancel);
}
