using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers;

public sealed record AddChannelRequest(
    [property: Required, EnumDataType(typeof(ChannelKind))] ChannelKind? Kind,
    [property: Required, StringLength(254)] string Address);

public sealed record ChannelAdded(ChannelId Id);

internal sealed record ChannelAlreadyThere() : Refusal("customers.channel-already-there", 409, "The person is reached at this address already.", "Leave it, or add another one.");

internal sealed class AddChannel(StrongroomDb db, Write write)
{
    public Task<Outcome<ChannelAdded>> Handle(PersonId id, AddChannelRequest request, CancellationToken cancel) =>
        write.Do<ChannelAdded>("customers.add-channel", new { id, request }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            if (!await db.Set<Person>().AnyAsync(row => row.Id == id && row.MergedInto == null, cancel)) return new NoSuch("person");
            if ((await db.AddChannel(act, id, request.Kind!.Value, request.Address, cancel)).Refused(out var refusal, out var channel))
                return (refusal with { Field = nameof(request.Address) }).About(id);
            return new ChannelAdded(channel);
        }, cancel);
}

/// <summary>The row stays, because messages went there; the address is used no more.</summary>
internal sealed class RemoveChannel(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(PersonId id, ChannelId channel, CancellationToken cancel) =>
        write.Do<Done>("customers.remove-channel", new { id, channel }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var row = await db.Set<Channel>().SingleOrDefaultAsync(row => row.Id == channel && row.Person == id && row.RemovedAt == null, cancel);
            if (row is null) return new NoSuch("way to reach this person");
            row.RemovedAt = act.Now;
            db.Append(act, new Event(CustomersAudit.ChannelRemoved).About(id).About(channel).With("kind", row.Kind));
            return Done.It;
        }, cancel);
}
