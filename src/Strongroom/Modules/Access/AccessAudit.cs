using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access;

internal static class AccessRights
{
    /// <summary>Receive a customer: check in, check identity.</summary>
    public const string Receive = "access.receive";

    /// <summary>Serve the vault: admit, leave alone, lock, check out.</summary>
    public const string Serve = "access.serve";

    /// <summary>Open and close the day.</summary>
    public const string Day = "access.day";

    /// <summary>See the board, visits and decisions.</summary>
    public const string Read = "access.read";

    /// <summary>The manager's list of work: warnings of visits to see to (R12).</summary>
    public const string Warnings = "access.warnings";
}

internal static class AccessAudit
{
    public static readonly AuditKind DayOpened = new("access.day-opened", "Day opened, guard keys handed over");
    public static readonly AuditKind DayClosed = new("access.day-closed", "Day closed after the physical check");
    public static readonly AuditKind CheckedIn = new("access.checked-in", "Checked in for a visit");
    public static readonly AuditKind SlipPrinted = new("access.slip-printed", "Slip of the visit printed at the desk");
    public static readonly AuditKind Identified = new("access.identified", "Identity checked and signature taken");
    public static readonly AuditKind SecondAsked = new("access.second-officer-asked", "Second officer asked to sign");
    public static readonly AuditKind KeyEmbossed = new("access.key-embossed", "Bank's code embossed on the key in the hirer's presence");
    public static readonly AuditKind WarningSeenTo = new("access.warning-seen-to", "Warning of the visit seen to by the manager");
    public static readonly AuditKind Admitted = new("access.admitted", "Admitted to the vault");
    public static readonly AuditKind AdmissionRefused = new("access.admission-refused", "Admission refused");
    public static readonly AuditKind LockerOpened = new("access.locker-opened", "Locker opened, hirer left alone");
    public static readonly AuditKind LockerLocked = new("access.locker-locked", "Locker locked and the door tried");
    public static readonly AuditKind CheckedOut = new("access.checked-out", "Checked out");
    public static readonly AuditKind Undone = new("access.undone", "Last act of the visit undone");
    public static readonly AuditKind Left = new("access.left", "Left before admission");
    public static readonly AuditKind Aborted = new("access.aborted", "Visit aborted before the locker was opened");
    public static readonly AuditKind OccurrenceNoted = new("access.occurrence-noted", "Something went wrong at the vault");
    public static readonly AuditKind OccurrenceSeenTo = new("access.occurrence-seen-to", "Manager saw to an occurrence at the vault");
    public static readonly AuditKind VaultEntered = new("access.vault-entered", "Officer entered the vault");
    public static readonly AuditKind VaultLeft = new("access.vault-left", "Officer left the vault");
    public static readonly AuditKind LateEntered = new("access.late-entered", "Visit entered late from its paper slip");
    public static readonly AuditKind PaperDayEntered = new("access.paper-day-entered", "Day kept on paper entered afterwards");
    public static readonly AuditKind CorrectionAsked = new("access.correction-asked", "Correction of a visit's record asked for");
    public static readonly AuditKind Corrected = new("access.corrected", "Visit's record corrected, the first entry kept");
    public static readonly AuditKind HirerAsked = new("access.hirer-asked", "Hirer asked to sign on a phone of their own");
    public static readonly AuditKind VisitBeyondFree = new("access.visit-beyond-free", "Visit beyond the year's free number, for billing");
}
