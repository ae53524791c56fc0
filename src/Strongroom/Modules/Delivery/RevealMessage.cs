using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery;

public sealed record RevealedMessage(string Subject, string Body) : IShownOnce;

internal sealed record ForTheAddresseeAlone() : Refusal("delivery.for-the-addressee-alone", 403,
    "This message holds a code for its addressee alone.", "Ask the addressee to look into their mail, or make a new code.");

/// <summary>Reading what was written to a person is an act of its own, and stands in that person's timeline.</summary>
internal sealed class RevealMessage(StrongroomDb db, Write write)
{
    public Task<Outcome<RevealedMessage>> Handle(MessageId id, CancellationToken cancel) =>
        write.Do<RevealedMessage>("delivery.reveal", new { id }, async act =>
        {
            var message = await db.Set<Message>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (message is null || !MayRead(act.Actor, message)) return new NoSuch("message");
            if (message.Confidential) return new ForTheAddresseeAlone().About(id).About(message.To);

            var key = await act.Seals.KeyOf(db, message.To, cancel);
            db.Append(act, new Event(DeliveryAudit.Revealed).About(message));
            return new RevealedMessage(
                key.Open(DeliveryContract.SubjectColumn, id.Value, message.Subject),
                key.Open(DeliveryContract.BodyColumn, id.Value, message.Body));
        }, cancel);

    private static bool MayRead(Actor actor, Message message) => message.Branch is { } branch
        ? actor.MayAt(DeliveryRights.Read, branch)
        : actor.BranchesWith(DeliveryRights.Read) is null;
}
