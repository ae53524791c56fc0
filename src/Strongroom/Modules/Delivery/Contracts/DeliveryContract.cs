using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Delivery.Contracts;

public enum MessageMedium { Email, Sms, Letter }

/// <summary>Waiting (for its next attempt), ToPost (a letter that somebody prints and posts), Accepted (by the next server on its way, or by the post), Failed (for good).</summary>
public enum MessageState { Waiting, ToPost, Accepted, Failed }

/// <summary>One e-mail in plain text, SMS or letter to one address of one person.</summary>
public sealed record NewMessage
{
    public required PersonId To { get; init; }

    public MessageMedium Medium { get; init; } = MessageMedium.Email;

    /// <summary>In its one normalised form, as the channel holds it; of a letter the name and the lines of the address.</summary>
    public required string Address { get; init; }

    /// <summary>"a…@example.in": what staff see.</summary>
    public required string Masked { get; init; }

    /// <summary>One line; of an SMS empty.</summary>
    public required string Subject { get; init; }

    public required string Body { get; init; }

    /// <summary>What the message is for ("visit-alert"), at most 40 characters.</summary>
    public required string Purpose { get; init; }

    /// <summary>The row it serves. One message a purpose, reference and address, however often it is queued.</summary>
    public required Subject Reference { get; init; }

    public BranchId? Branch { get; init; }

    /// <summary>Not sent before: who sleeps is not woken for what can wait. Null is at once.</summary>
    public DateTime? NotBefore { get; init; }

    /// <summary>The text holds a code for the addressee alone: no screen shows it to staff, whatever their rights.</summary>
    public bool Confidential { get; init; }
}

/// <summary>Raised in the relay's transaction when the next server has taken the message.</summary>
public sealed record MessageAccepted(MessageId Message, string Purpose, Guid Reference, PersonId To);

/// <summary>Raised when no further attempt will be made.</summary>
public sealed record MessageFailed(MessageId Message, string Purpose, Guid Reference, PersonId To, string Answer);

public static class DeliveryContract
{
    internal const string AddressColumn = "message.address", SubjectColumn = "message.subject", BodyColumn = "message.body";

    /// <summary>
    /// Puts a message into the outbox in the caller's transaction; the relay sends it after the commit, at least once.
    /// Queued before for the same purpose, reference and address, it is that message again.
    /// </summary>
    public static async Task<MessageId> Queue(this StrongroomDb db, Act act, NewMessage message, CancellationToken cancel)
    {
        var blind = act.Seals.Blind("message.address", message.Address);
        var before = db.Set<Message>().Local.FirstOrDefault(row =>
            row.Purpose == message.Purpose && row.Reference == message.Reference.Id && row.AddressBlind == blind)?.Id
            ?? await db.Set<Message>()
                .Where(row => row.Purpose == message.Purpose && row.Reference == message.Reference.Id && row.AddressBlind == blind)
                .Select(row => (MessageId?)row.Id).FirstOrDefaultAsync(cancel);
        if (before is { } queued) return queued;

        var key = await act.Seals.KeyOf(db, message.To, cancel);
        var id = act.NewId<Noun.Message>();
        db.Add(new Message
        {
            Id = id,
            Medium = message.Medium,
            To = message.To,
            Address = key.Seal(AddressColumn, id.Value, message.Address),
            AddressBlind = blind,
            Masked = message.Masked,
            Subject = key.Seal(SubjectColumn, id.Value, message.Subject),
            Body = key.Seal(BodyColumn, id.Value, message.Body),
            Confidential = message.Confidential,
            Purpose = message.Purpose,
            ReferenceKind = message.Reference.Kind,
            Reference = message.Reference.Id,
            Branch = message.Branch,
            MadeAt = act.Now,
            State = message.Medium == MessageMedium.Letter ? MessageState.ToPost : MessageState.Waiting,
            NextAttemptAt = message.NotBefore is { } later && later > act.Now ? later : act.Now,
        });
        return id;
    }

    /// <summary>
    /// Adds a paragraph to a letter that nobody has posted yet, so that two things of one day are one letter.
    /// </summary>
    /// <returns>False when it is in the post already: then it takes another letter.</returns>
    public static async Task<bool> AddToLetter(this StrongroomDb db, Act act, MessageId letter, string paragraph, CancellationToken cancel)
    {
        var row = await db.Set<Message>().SingleAsync(row => row.Id == letter, cancel);
        if (row.State != MessageState.ToPost) return false;
        var key = await act.Seals.KeyOf(db, row.To, cancel);
        row.Body = key.Seal(BodyColumn, row.Id.Value, $"{key.Open(BodyColumn, row.Id.Value, row.Body)}\n\n{paragraph}");
        return true;
    }

    /// <summary>Whether any message for this still waits or was accepted, apart from the one that has just failed.</summary>
    public static Task<bool> AnyOtherOnItsWay(this StrongroomDb db, string purpose, Guid reference, MessageId failed, CancellationToken cancel) =>
        db.Set<Message>().AnyAsync(row => row.Purpose == purpose && row.Reference == reference && row.Id != failed && row.State != MessageState.Failed, cancel);
}
