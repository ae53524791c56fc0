namespace Strongroom.Modules.Keys.Contracts;

/// <param name="MayCome">Who may come to the locker on the date: hirers, signatories, agents.</param>
/// <param name="Concerned">All whom its agreement concerns, also where their time is over (R16).</param>
public sealed record LockerHirers(IReadOnlyList<PersonId> MayCome, IReadOnlyList<PersonId> Concerned);

/// <summary>
/// Whose a locker is. Agreements come after keys and answer it: <c>services.AddScoped&lt;IWhoseLocker, …&gt;()</c>.
/// </summary>
public interface IWhoseLocker
{
    /// <returns>Null for a locker that is let to nobody.</returns>
    Task<LockerHirers?> Of(LockerId locker, DateOnly date, CancellationToken cancel);

    /// <returns>All whom the agreement of this moment concerns (R16); nobody where the locker is let to nobody.</returns>
    Task<IReadOnlyList<PersonId>> Concerned(LockerId locker, CancellationToken cancel);

    /// <summary>The caller's act decides whether the locker may be opened: an admission that looked before loses the race. Called before anything is read.</summary>
    Task Lean(LockerId locker, CancellationToken cancel);
}
