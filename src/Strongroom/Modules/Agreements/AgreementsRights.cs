namespace Strongroom.Modules.Agreements;

internal static class AgreementsRights
{
    /// <summary>Which lockers are free, by branch and size.</summary>
    public const string Vacancies = "agreements.vacancies";

    public const string Read = "agreements.read", Write = "agreements.write", Hold = "agreements.hold", Lift = "agreements.lift", Unfreeze = "agreements.unfreeze";

    // An account holder's own; they hold without a branch, and each slice asks whether the agreement is theirs.
    public const string AccountRead = "account.read", AccountFreeze = "account.freeze";
}
