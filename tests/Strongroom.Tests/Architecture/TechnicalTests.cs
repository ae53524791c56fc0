using Strongroom.Data;

namespace Strongroom.Tests.Architecture;

public sealed class TechnicalTests
{
    /// <summary>A table added here may change without a word in the log: think of whether a person would ask who did it.</summary>
    [Fact]
    public void Only_these_tables_change_without_an_event() => Technical.Tables.Select(table => table.Name).Order().ShouldBe(
    [
        "AttemptCount", "AuditCheckpoint", "AuditCosignature", "AuditDisclosure", "AuditEdge", "AuditEvent", "AuditLeaf", "AuditLogKey", "AuditPending", "AuditSequencer", "AuditSubject",
        "AuditTile", "Challenge", "DataProtectionKey", "DeliveryAttempt", "IdempotencyRow", "Installation", "JobRun",
        "Message", "PersonKey", "PersonNotice", "Session", "WebhookCursor", "WebhookDelivery",
    ]);
}
