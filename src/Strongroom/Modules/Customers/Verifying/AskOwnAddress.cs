using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Customers.Verifying;

/// <param name="Replaces">The own address that it takes the place of; null for one more.</param>
public sealed record AskOwnAddressRequest(
    [property: Required, EnumDataType(typeof(ChannelKind))] ChannelKind? Kind,
    [property: Required, StringLength(254)] string Address,
    ChannelId? Replaces);

internal sealed record OtherKindOfAddress() : Refusal("customers.other-kind-of-address", 422, "An e-mail address takes the place of an e-mail address, a number of a number.", "Choose the address that it replaces, or none.");

internal sealed record AskedTooLongAgo() : Refusal("customers.asked-too-long-ago", 409, "This address was asked for more than a day ago and never confirmed.", "Enter it again.");

/// <summary>
/// A person adds an address on their own page, or puts one in the place of another. It is used for nothing until the code that went there has come back;
/// where it replaces another, also the code that went to the old one. All the others are told at once, so that a thief at an open session is found out.
/// Who reads the old one no more comes to the counter.
/// </summary>
internal sealed class AskOwnAddress(StrongroomDb db, Write write)
{
    public Task<Outcome<ChannelAdded>> Handle(PersonId id, AskOwnAddressRequest request, CancellationToken cancel) =>
        write.Do<ChannelAdded>("customers.ask-own-address", new { id, request }, async act =>
        {
            if (act.Actor.AtHome != id || !await db.Set<Person>().AnyAsync(row => row.Id == id && row.MergedInto == null, cancel)) return new NoSuch("person");
            if (await db.WhyNotFresh(act.Actor, act.Now, cancel) is { } notFresh) return notFresh;
            var kind = request.Kind!.Value;
            if (ChannelAddress.Parse(kind, request.Address, await db.DialledIn(act.Actor, cancel)).Refused(out var refusal, out var parsed))
                return (refusal with { Field = nameof(request.Address) }).About(id);
            var standing = await db.Set<Channel>().Where(row => row.Person == id && row.RemovedAt == null).ToListAsync(cancel);
            Channel? old = null;
            if (request.Replaces is { } replaced)
            {
                old = standing.Find(row => row.Id == replaced && row.State != ChannelState.Asked);
                if (old is null) return new NoSuch("way to reach this person") { Field = nameof(request.Replaces) };
                if (old.Kind != kind) return new OtherKindOfAddress { Field = nameof(request.Replaces) }.About(id);
            }
            var blind = act.Seals.Blind(parsed.Purpose, parsed.Normalised);
            if (standing.Exists(row => row.Kind == kind && row.Blind == blind)) return new ChannelAlreadyThere { Field = nameof(request.Address) }.About(id);
            // One at a time: who mistyped enters it again.
            foreach (var earlier in standing.Where(row => row.Kind == kind && row.State == ChannelState.Asked)) earlier.RemovedAt = act.Now;

            var key = await act.Seals.KeyOf(db, id, cancel);
            var channel = act.NewId<Noun.Channel>();
            db.Add(new Channel
            {
                Id = channel,
                Person = id,
                Kind = kind,
                Address = key.Seal(CustomersContract.AddressColumn, channel.Value, parsed.Normalised),
                Blind = blind,
                Masked = parsed.Masked,
                State = ChannelState.Asked,
                AddedAt = act.Now,
                Replaces = request.Replaces,
                // What an old register wrote so that it reaches nobody can agree to nothing.
                ReplaceAgreedAt = old?.State == ChannelState.Unreadable ? act.Now : null,
            });
            db.Append(act, new Event(CustomersAudit.ChannelAsked).About(id).About(channel).About(request.Replaces).With("kind", kind).Withhold("address", parsed.Normalised, id, key));
            await OwnAddressNotice.Tell(db, act, id, channel, "address-asked", "Somebody asked to change where we write to you", "Somebody asked on your own page that your bank writes to another address. If it was not you, call your branch at once.", $"""
                on your own page at your bank somebody asked that we write to {parsed.Masked}{(request.Replaces is null ? " as well" : " from now on")}.

                If it was you, confirm it with the codes that we send. If it was not, call your branch at once: somebody else may be signed in as you.
                """, cancel);
            return new ChannelAdded(channel);
        }, cancel);
}

internal static class OwnAddressChange
{
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    public static bool Over(this Channel channel, DateTime now) => channel.State == ChannelState.Asked && now >= channel.AddedAt + Life;

    /// <summary>The address that waits for this old one to agree; null where nothing waits.</summary>
    public static async Task<Channel?> WaitingFor(this StrongroomDb db, ChannelId old, DateTime now, CancellationToken cancel) =>
        await db.Set<Channel>().SingleOrDefaultAsync(row => row.Replaces == old && row.State == ChannelState.Asked && row.RemovedAt == null, cancel) is { ReplaceAgreedAt: null } asked
            && !asked.Over(now) ? asked : null;

    /// <summary>In the caller's act: takes the asked address into use when everything that it waits for has come.</summary>
    public static async Task TakeIntoUse(this StrongroomDb db, Act act, Channel asked, CancellationToken cancel)
    {
        if (asked.VerifiedAt is null || (asked.Replaces is not null && asked.ReplaceAgreedAt is null)) return;
        asked.State = ChannelState.Given;
        // Before the old one goes: it hears of the change, too.
        await OwnAddressNotice.Tell(db, act, asked.Person, asked.Id, "address-changed", "We now write to another address", "Your bank now writes to another address, as was confirmed on your own page. If it was not you, call your branch at once.", $"""
            you confirmed {asked.Masked} on your own page at your bank{(asked.Replaces is null ? "; we write there as well" : ", in the place of another address")}.

            If it was not you, call your branch at once.
            """, cancel);
        db.Append(act, new Event(CustomersAudit.ChannelAdded).About(asked.Person).About(asked.Id).With("kind", asked.Kind).With("way", "own-page"));
        if (asked.Replaces is { } replaced && await db.Set<Channel>().SingleOrDefaultAsync(row => row.Id == replaced && row.RemovedAt == null, cancel) is { } old)
        {
            old.RemovedAt = act.Now;
            db.Append(act, new Event(CustomersAudit.ChannelRemoved).About(asked.Person).About(replaced).With("kind", old.Kind).With("way", "own-page"));
        }
    }
}
