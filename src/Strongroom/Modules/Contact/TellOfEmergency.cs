using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// Somebody took emergency access: everybody posted at the branch, every administrator and every auditor over it, and the managers of the branch and of head
/// office read it on their next page; who answers for it hears by e-mail as well. An alarm: by night, too. The two who signed are told like everybody, so that
/// neither can have signed without knowing.
/// </summary>
internal static class TellOfEmergency
{
    public const string Purpose = "emergency-opened";

    public static async Task On(StrongroomDb db, Act act, EmergencyOpened opened, CancellationToken cancel)
    {
        var branch = await db.BranchFacts().SingleAsync(row => row.Id == opened.Branch, cancel);
        var posted = await db.PostedAt(opened.Branch, opened.At.DateIn(branch.Zone)).Select(posting => new { posting.Person, posting.Role, posting.Branch }).ToListAsync(cancel);
        foreach (var person in posted.Select(posting => posting.Person).Concat([opened.Holder, opened.Second]).Distinct())
            db.Notify(act, person, NoticeKind.EmergencyOpened, Subject.Of(opened.Emergency));

        var answering = posted.Where(posting => posting.Role is Role.Manager or Role.Admin or Role.Auditor).Select(posting => posting.Person).Distinct().ToList();
        var people = await db.PersonFacts().Where(person => answering.Contains(person.Id) || person.Id == opened.Holder).ToDictionaryAsync(person => person.Id, cancel);
        foreach (var channel in await db.ChannelFacts().Where(row => answering.Contains(row.Person) && row.Kind == ChannelKind.Email).OrderBy(row => row.Id).ToListAsync(cancel))
        {
            var (subject, body) = Templates.Write(Templates.EmergencyOpened, MessageMedium.Email, people[channel.Person].Language, new(people[channel.Person].Name, "", branch.Name, opened.At, branch.Zone)
            {
                Operator = people[opened.Holder].Name,
                Role = opened.Role,
                Minutes = (int)(opened.Until - opened.At).TotalMinutes,
            });
            await db.Queue(act, new NewMessage
            {
                To = channel.Person,
                Address = (await act.Seals.KeyOf(db, channel.Person, cancel)).Open(channel),
                Masked = channel.Masked,
                Subject = subject,
                Body = body,
                Purpose = Purpose,
                Reference = Subject.Of(opened.Emergency),
                Branch = opened.Branch,
            }, cancel);
        }
    }
}
