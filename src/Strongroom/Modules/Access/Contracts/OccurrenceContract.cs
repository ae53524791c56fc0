namespace Strongroom.Modules.Access.Contracts;

/// <summary>What can go wrong at a vault. A door found open is told to the hirers at once (R15).</summary>
public enum OccurrenceKind { DoorFoundOpen, LongInside, WillNotLeave, KeyLost, WrongKey, LockJammed, HirerUnwell, PowerLost, Other }

/// <summary>Raised when a let locker's door was found open outside a visit: closed by now, and the hirers are to be told at once (R15).</summary>
public sealed record DoorFoundOpen(OccurrenceId Occurrence, BranchId Branch, AgreementId Agreement, LockerId Locker, DateTime At);
