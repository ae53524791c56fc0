using System.Collections.Frozen;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Data;

/// <summary>The one list of tables whose rows may change without an audit event: what the machinery notes for itself.</summary>
internal static class Technical
{
    public static readonly FrozenSet<Type> Tables = new HashSet<Type>
    {
        typeof(AuditEvent), typeof(AuditSubject), typeof(AuditDisclosure), typeof(AuditPending),
        typeof(AuditLeaf), typeof(AuditTile), typeof(AuditEdge), typeof(AuditCheckpoint), typeof(AuditCosignature), typeof(AuditLogKey), typeof(AuditSequencer),   // the log itself
        typeof(IdempotencyRow),   // says that a request was answered; the request's own event says what was done
        typeof(PersonKey),        // made with the person, whose event it is
        typeof(DataProtectionKey),
        typeof(JobRun),           // that the clock struck; what the job then did has its own event
        typeof(Message), typeof(DeliveryAttempt),   // queued by an act with its own event; each try is noted here, the outcome in the log
        typeof(WebhookDelivery), typeof(WebhookCursor),   // what happened has its own event; that a webhook stops, resumes or replays, too
        typeof(PersonNotice),     // rung by an act with its own event; that it was read is a note
        typeof(Session),          // that it began and ended are events of the person; last seen is a note
        typeof(Challenge),        // a question to a browser, good for five minutes; its answer is the event
        typeof(AttemptCount),     // failures that count against an account or an address; each minute's sum is an event
        typeof(Installation),     // the Lab's mark on a database that holds nothing yet
    }.ToFrozenSet();
}
