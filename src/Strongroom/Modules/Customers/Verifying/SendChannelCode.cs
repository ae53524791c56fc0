using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Customers.Verifying;

public sealed record ChannelCodeSent(string SentTo, DateTime ExpiresAt);

internal sealed record VerifiedAlready() : Refusal("customers.verified-already", 409, "This address is verified.", "Nothing is left to do.");

internal sealed record ReachesNobody() : Refusal("customers.reaches-nobody", 409, "This address reaches nobody as the old register has it.", "Add the right one and remove this.");

internal sealed record CodeJustSent() : Refusal("customers.code-just-sent", 429, "A code went to this address a moment ago.", "Wait a minute, look into the mailbox, and ask again.");

/// <summary>Sends a code to the address alone; who then knows it reads the mailbox. Asked for by an officer, or by the person on their own page.</summary>
internal sealed class SendChannelCode(StrongroomDb db, Write write)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    public Task<Outcome<ChannelCodeSent>> Handle(PersonId id, ChannelId channelId, CancellationToken cancel) =>
        write.Do<ChannelCodeSent>("customers.send-channel-code", new { id, channelId }, async act =>
        {
            if (act.Actor.AtHome != id && !act.Actor.May(CustomersRights.Write)) return new NoSuch("person");
            var channel = await db.Set<Channel>().SingleOrDefaultAsync(row => row.Id == channelId && row.Person == id && row.RemovedAt == null, cancel);
            if (channel is null) return new NoSuch("way to reach this person");
            if (channel.Over(act.Now)) return new AskedTooLongAgo().About(id).About(channelId);
            var change = await db.WaitingFor(channelId, act.Now, cancel);
            if (channel.VerifiedAt is not null && change is null) return new VerifiedAlready().About(id).About(channelId);
            if (channel.State == ChannelState.Unreadable) return new ReachesNobody().About(id).About(channelId);
            var open = await db.Set<ChannelCheck>().SingleOrDefaultAsync(row => row.Channel == channelId && row.EndedAt == null, cancel);
            if (open is not null && act.Now < open.SentAt + Pause) return new CodeJustSent().About(id).About(channelId);
            if (open is not null) open.EndedAt = act.Now;

            var check = act.NewId<Noun.ChannelCheck>();
            var code = RandomNumberGenerator.GetInt32((int)Math.Pow(10, ChannelCheck.Digits)).ToString($"D{ChannelCheck.Digits}", CultureInfo.InvariantCulture);
            db.Add(new ChannelCheck { Id = check, Channel = channelId, Code = ChannelCheck.Hash(act.Seals, check, code), SentAt = act.Now });
            db.Append(act, new Event(CustomersAudit.ChannelCodeSent).About(id).About(channelId).About(check));
            var key = await act.Seals.KeyOf(db, id, cancel);
            var name = await db.Set<PersonName>().Where(row => row.Person == id).Select(row => row.FullName).SingleAsync(cancel);
            await db.Queue(act, new NewMessage
            {
                To = id,
                Address = key.Open(CustomersContract.AddressColumn, channelId.Value, channel.Address),
                Masked = channel.Masked,
                Medium = channel.Kind == ChannelKind.Mobile ? MessageMedium.Sms : MessageMedium.Email,
                Subject = channel.Kind == ChannelKind.Mobile ? "" : change is null ? "Your code to confirm this address" : "Your code to let another address take the place of this one",
                Body = channel.Kind == ChannelKind.Mobile
                    ? $"{code} {(change is null ? "confirms this number at your bank" : $"agrees that your bank writes to {change.Masked} in the place of this number")}, for {ChannelCheck.Life.TotalMinutes:0} minutes. Tell it to the officer at the counter, or enter it on your own page. If you did not ask for it, do nothing."
                    : $"""
                    Dear {name},

                    {(change is null ? "this is the code that confirms your e-mail address at your bank:" : $"this is the code by which you agree that your bank writes to {change.Masked} in the place of this address:")}

                        {code}

                    It counts for {ChannelCheck.Life.TotalMinutes:0} minutes. Tell it to the officer at the counter, or enter it on your own page.

                    {(change is null ? "If you did not ask for it, somebody gave your address by mistake: do nothing, and it stays unconfirmed." : "If you did not ask for it, tell the code to nobody and call your branch at once: somebody else may be signed in as you.")}
                    """,
                Purpose = "channel-code",
                Reference = Subject.Of(check),
                Branch = act.Actor.BranchesWith(CustomersRights.Write) is [var only] ? only : null,
                Confidential = true,
            }, cancel);
            return new ChannelCodeSent(channel.Masked, act.Now + ChannelCheck.Life);
        }, cancel);
}
