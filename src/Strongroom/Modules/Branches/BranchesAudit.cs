using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Branches;

internal static class BranchesAudit
{
    public static readonly AuditKind
        BranchOpened = new("branches.opened", "Branch entered"),
        BranchConfirmed = new("branches.confirmed", "Imported branch confirmed"),
        FoundVacant = new("branches.found-vacant", "Locker of unknown occupant found vacant"),
        BranchEdited = new("branches.edited", "Branch changed"),
        HoursSet = new("branches.hours-set", "Vault hours set"),
        HolidayAdded = new("branches.holiday-added", "Holiday added"),
        HolidayRemoved = new("branches.holiday-removed", "Holiday removed"),
        ExceptionAdded = new("branches.hours-exception-added", "Other hours set for a day"),
        ExceptionRemoved = new("branches.hours-exception-removed", "Other hours of a day taken back"),
        OutOfHoursAllowed = new("branches.out-of-hours-allowed", "Opening out of hours allowed by head office"),
        VaultAdded = new("branches.vault-added", "Vault added"),
        VaultEdited = new("branches.vault-edited", "Vault changed"),
        CabinetAdded = new("branches.cabinet-added", "Cabinet added"),
        TypesAdded = new("branches.types-added", "Locker types added"),
        LockersAdded = new("branches.lockers-added", "Lockers added"),
        ConditionChanged = new("branches.condition-changed", "Locker's condition changed"),
        Renumbered = new("branches.locker-renumbered", "Locker got another number"),
        Inspected = new("branches.vault-inspected", "Inspection of the vault recorded");
}
