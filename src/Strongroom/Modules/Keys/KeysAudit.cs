using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Keys;

internal static class KeysAudit
{
    public static readonly AuditKind
        GuardKeyRegistered = new("keys.guard-key-registered", "Guard key entered, in the safe"),
        HirerKeyRegistered = new("keys.hirer-key-registered", "Hirer's key entered"),
        EmbossingNoted = new("keys.embossing-noted", "Embossing of the key noted"),
        HandOverAsked = new("keys.hand-over-asked", "Hand-over of keys put to signature"),
        HandedOver = new("keys.handed-over", "Guard keys handed over"),
        CheckDrawn = new("keys.check-drawn", "Officer drawn by lot to verify the guard keys"),
        CheckDone = new("keys.check-done", "Guard keys verified by surprise, all shown"),
        CheckFoundMissing = new("keys.check-found-missing", "Guard keys verified by surprise, not all shown"),
        ReportedLost = new("keys.reported-lost", "Hirer's key reported lost"),
        ReplacementAsked = new("keys.replacement-asked", "Approval asked that the lock be replaced"),
        ReplacementPut = new("keys.replacement-put", "Replacing of the lock put to a second officer's signature"),
        LockReplaced = new("keys.lock-replaced", "Lock replaced and new keys given, in the hirer's presence"),
        EnvelopeAsked = new("keys.envelope-asked", "Way of a duplicate put to signature"),
        EnvelopeDeposited = new("keys.envelope-deposited", "Duplicate sealed and deposited at another branch"),
        EnvelopeTakenOut = new("keys.envelope-taken-out", "Duplicate taken out of its envelope");
}
