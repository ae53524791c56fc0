using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Customers.Verifying;

/// <summary>Tells a person, at every address in use, that something happens to their addresses.</summary>
internal static class OwnAddressNotice
{
    /// <param name="about">The address that comes; it is written to only when it is in use.</param>
    /// <param name="words">All that a short message says: the subject, and what to do.</param>
    public static async Task Tell(
        StrongroomDb db, Act act, PersonId person, ChannelId about, string purpose, string subject, string words, string body, CancellationToken cancel)
    {
        var channels = await db.ChannelFacts().Where(row => row.Person == person && row.Id != about).OrderBy(row => row.Id).ToListAsync(cancel);
        if (channels.Count == 0) return;
        var key = await act.Seals.KeyOf(db, person, cancel);
        var name = await db.Set<PersonName>().Where(row => row.Person == person).Select(row => row.FullName).SingleAsync(cancel);
        foreach (var channel in channels)
        {
            await db.Queue(act, new NewMessage
            {
                To = person,
                Address = key.Open(channel),
                Masked = channel.Masked,
                Medium = channel.Kind == ChannelKind.Mobile ? MessageMedium.Sms : MessageMedium.Email,
                Subject = channel.Kind == ChannelKind.Mobile ? "" : subject,
                Body = channel.Kind == ChannelKind.Mobile ? words : $"Dear {name},\n\n{body}",
                Purpose = purpose,
                Reference = Subject.Of(about),
            }, cancel);
        }
    }
}
