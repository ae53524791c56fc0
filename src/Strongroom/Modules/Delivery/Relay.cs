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
internal sealed partial class Relay(IServiceScopeFactory scopes, SystemActs acts, Seals seals, MailSettings settings, ISmsCarrier sms, ILogger<Relay> logger)
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
        var taken = (await Outbox.Take(db, "message", now, now + Lease, Batch, cancel)).Select(id => new MessageId(id)).ToList();
        if (taken.Count == 0) return 0;

        var carrier = scope.ServiceProvider.GetRequiredService<IMailCarrier>();
        // By medium: that the mail server is away says nothing about the telephones.
        var unreachable = new Dictionary<MessageMedium, CarrierAnswer>();
        foreach (var id in taken)
        {
            var message = await db.Set<Message>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
            var answer = unreachable.GetValueOrDefault(message.Medium) ?? await Send(db, carrier, message, cancel);
            if (answer.Outcome == CarrierOutcome.Unreachable) unreachable[message.Medium] = answer;
            await Note(id, answer, now, cancel);
        }
        foreach (var (medium, answer) in unreachable) Log.Unreachable(logger, medium, answer.Text);
        return taken.Count;
    }

    private async Task<CarrierAnswer> Send(StrongroomDb db, IMailCarrier carrier, Message message, CancellationToken cancel)
    {
        if (!(await seals.KeysOf(db, [message.To], cancel)).TryGetValue(message.To, out var key))
            return new(CarrierOutcome.Never, "The addressee was erased before the message went out.");
        if (message.Medium == MessageMedium.Sms)
        {
            return await sms.Send(new(key.Open(DeliveryContract.AddressColumn, message.Id.Value, message.Address),
                key.Open(DeliveryContract.BodyColumn, message.Id.Value, message.Body), message.Id.ToString()), cancel);
        }
        using var mail = Letter.Of(message, key, settings.From);
        var answer = await carrier.Send(mail, cancel);
        return answer with { Text = Letter.WithoutAddress(answer.Text, mail, message.Masked) };
    }

    // The mail is out (or refused) and cannot be called back: a lost race here is decided again, not sent again.
    private async Task Note(MessageId id, CarrierAnswer answer, DateTime now, CancellationToken cancel)
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

    private async Task Note(StrongroomDb db, MessageId id, CarrierAnswer answer, DateTime now, CancellationToken cancel)
    {
        var message = await db.Set<Message>().SingleAsync(row => row.Id == id, cancel);
        if (message.State != MessageState.Waiting) return;

        var act = acts.At(now);
        var said = answer.Text.Length > DeliveryTables.AnswerLength ? answer.Text[..DeliveryTables.AnswerLength] : answer.Text;
        message.Attempts++;
        message.Receipt = said;
        db.Add(new DeliveryAttempt { Message = id, Number = message.Attempts, At = now, Accepted = answer.Outcome == CarrierOutcome.Accepted, Answer = said });

        if (answer.Outcome == CarrierOutcome.Accepted)
        {
            message.State = MessageState.Accepted;
            message.AcceptedAt = now;
            db.Append(act, new Event(DeliveryAudit.Accepted).About(message).With("attempts", message.Attempts));
            await act.Raise(db, new MessageAccepted(id, message.Purpose, message.Reference, message.To), cancel);
        }
        else if (answer.Outcome != CarrierOutcome.Never && Backoff.Next(message.MadeAt, message.Attempts, now) is { } next)
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
        [LoggerMessage(LogLevel.Warning, "{Medium} cannot be sent now ({Answer}); its messages wait")]
        public static partial void Unreachable(ILogger logger, MessageMedium medium, string answer);

        [LoggerMessage(LogLevel.Information, "The outcome of message {Message} met another change and is noted again")]
        public static partial void LostRace(ILogger logger, MessageId message);
    }
}
