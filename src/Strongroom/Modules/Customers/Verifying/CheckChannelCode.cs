using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Customers.Verifying;

public sealed record CheckChannelCodeRequest([property: Required, StringLength(20)] string Code);

/// <param name="TriesLeft">Of this code, where it was another one.</param>
public sealed record ChannelChecked(bool Verified, int TriesLeft);

internal sealed record NoCodeToCheck() : Refusal("customers.no-code-to-check", 409, "There is no code of this address that still counts.", "Send a new one.");

/// <summary>A wrong code is no refusal but an answer of its own, because the try is counted and stays.</summary>
internal sealed class CheckChannelCode(StrongroomDb db, Write write)
{
    public Task<Outcome<ChannelChecked>> Handle(PersonId id, ChannelId channelId, CheckChannelCodeRequest request, CancellationToken cancel) =>
        write.Do<ChannelChecked>("customers.check-channel-code", new { id, channelId, request }, async act =>
        {
            if (act.Actor.AtHome != id && !act.Actor.May(CustomersRights.Write)) return new NoSuch("person");
            var channel = await db.Set<Channel>().SingleOrDefaultAsync(row => row.Id == channelId && row.Person == id && row.RemovedAt == null, cancel);
            if (channel is null) return new NoSuch("way to reach this person");
            if (channel.Over(act.Now)) return new AskedTooLongAgo().About(id).About(channelId);
            var check = await db.Set<ChannelCheck>().SingleOrDefaultAsync(row => row.Channel == channelId && row.EndedAt == null, cancel);
            if (check is null || !check.OpenAt(act.Now)) return new NoCodeToCheck().About(id).About(channelId);

            check.Tries++;
            var digits = string.Concat(request.Code.Where(char.IsAsciiDigit));
            if (ChannelCheck.Hash(act.Seals, check.Id, digits) != check.Code)
            {
                db.Append(act, new Event(CustomersAudit.ChannelCodeWrong).About(id).About(channelId).About(check.Id).With("try", check.Tries));
                return new ChannelChecked(false, ChannelCheck.MostTries - check.Tries);
            }
            check.EndedAt = act.Now;
            if (await db.WaitingFor(channelId, act.Now, cancel) is { } change)
            {
                // Who knows this code reads the old address: it agrees, and is confirmed by the way.
                change.ReplaceAgreedAt = act.Now;
                channel.VerifiedAt ??= act.Now;
                db.Append(act, new Event(CustomersAudit.ChannelAgreed).About(id).About(channelId).About(change.Id).About(check.Id).With("kind", channel.Kind));
                await db.TakeIntoUse(act, change, cancel);
                return new ChannelChecked(true, 0);
            }
            channel.VerifiedAt = act.Now;
            if (channel.State == ChannelState.Asked) await db.TakeIntoUse(act, channel, cancel);
            else channel.State = ChannelState.Given;
            db.Append(act, new Event(CustomersAudit.ChannelVerified).About(id).About(channelId).About(check.Id).With("kind", channel.Kind));
            return new ChannelChecked(true, 0);
        }, cancel);
}
