using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery;

/// <summary>
/// Carries the outbox out. At least once: after a crash between the server's yes and our commit the message is sent again. Each outcome is
/// saved by itself, with what listens to it, so that one bad message holds up no other.
/// </summary>
internal sealed partial class Relay(IServiceScopeFactory scopes, SystemActs acts, Seals seals, MailSettings settings, ILogger<Relay> logger)
{
    public const int Batch = 20;

    // Longer than a batch takes with a slow server; afterwards another relay may have it.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>Sends what is due, at most <see cref="Batch"/> messages.</summary>
    /// <returns>How many it took: a full batch means that more may wait.</returns>
    public async Task<int> RunOnce(DateTime now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var taken = await Outbox.Take(db, now, now + Lease, Batch, cancel);
        if (taken.Count == 0) return 0;

        var carrier = scope.ServiceProvider.GetRequiredService<IMailCarrier>();
        MailAnswer? unreachable = null;
        foreach (var id in taken)
        {
            var answer = unreachable ?? await Send(db, carrier, id, cancel);
            if (answer.Outcome == MailOutcome.Unreachable) unreachable = answer;
            await Note(id, answer, now, cancel);
        }
        if (unreachable is not null) Log.Unreachable(logger, unreachable.Text, taken.Count);
        return taken.Count;
    }

    private async Task<MailAnswer> Send(StrongroomDb db, IMailCarrier carrier, MessageId id, CancellationToken cancel)
    {
        var message = await db.Set<Message>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (!(await seals.KeysOf(db, [message.To], cancel)).TryGetValue(message.To, out var key))
            return new(MailOutcome.Never, "The addressee was erased before the message went out.");
        using var mail = Letter.Of(message, key, settings.From);
        var answer = await carrier.Send(mail, cancel);
        return answer with { Text = Letter.WithoutAddress(answer.Text, mail, message.Masked) };
    }

    // The mail is out (or refused) and cannot be called back: a lost race here is decided again, not sent again.
    private async Task Note(MessageId id, MailAnswer answer, DateTime now, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
            try
            {
                await Note(db, id, answer, now, cancel);
                return;
            }
            catch (DbUpdateException broken) when (attempt < 5 && Collision.Of(broken, db) is Collision.LostRace or Collision.NotUnique { Table: "delivery_attempt" })
            {
                Log.LostRace(logger, id);
            }
        }
    }

    private async Task Note(StrongroomDb db, MessageId id, MailAnswer answer, DateTime now, CancellationToken cancel)
    {
        var message = await db.Set<Message>().SingleAsync(row => row.Id == id, cancel);
        if (message.State != MessageState.Waiting) return;

        var act = acts.At(now);
        var said = answer.Text.Length > DeliveryTables.AnswerLength ? answer.Text[..DeliveryTables.AnswerLength] : answer.Text;
        message.Attempts++;
        message.Receipt = said;
        db.Add(new DeliveryAttempt { Message = id, Number = message.Attempts, At = now, Accepted = answer.Outcome == MailOutcome.Accepted, Answer = said });

        if (answer.Outcome == MailOutcome.Accepted)
        {
            message.State = MessageState.Accepted;
            message.AcceptedAt = now;
            db.Append(act, new Event(DeliveryAudit.Accepted).About(message).With("attempts", message.Attempts));
            await act.Raise(db, new MessageAccepted(id, message.Purpose, message.Reference, message.To), cancel);
        }
        else if (answer.Outcome != MailOutcome.Never && Backoff.Next(message.MadeAt, message.Attempts, now) is { } next)
        {
            message.NextAttemptAt = next;
        }
        else
        {
            message.State = MessageState.Failed;
            db.Append(act, new Event(DeliveryAudit.Failed).About(message).With("attempts", message.Attempts));
            await act.Raise(db, new MessageFailed(id, message.Purpose, message.Reference, message.To, said), cancel);
        }
        await db.SaveChangesAsync(cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The mail server cannot be reached ({Answer}); {Count} messages wait")]
        public static partial void Unreachable(ILogger logger, string answer, int count);

        [LoggerMessage(LogLevel.Information, "The outcome of message {Message} met another change and is noted again")]
        public static partial void LostRace(ILogger logger, MessageId message);
    }
}
