using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>
/// Whose sign-in was activated is told at every address the bank has, not only at the one that half of the code went to: who took over that
/// mailbox does not have the others. An alarm: it is sent by night, too.
/// </summary>
internal static class TellOfActivation
{
    public const string Purpose = "sign-in-activated";

    public static async Task On(StrongroomDb db, Act act, SignInActivated activated, CancellationToken cancel)
    {
        var channels = await db.ChannelFacts().Where(row => row.Person == activated.Person).OrderBy(row => row.Id).ToListAsync(cancel);
        if (channels.Count == 0) return;
        var person = await db.PersonFacts().SingleAsync(row => row.Id == activated.Person, cancel);
        var key = await act.Seals.KeyOf(db, activated.Person, cancel);
        var values = new Templates.Values(person.Name, "", "", activated.At, await ZoneOf(db, activated.Person, cancel));
        foreach (var channel in channels)
        {
            var medium = channel.Kind == ChannelKind.Email ? MessageMedium.Email : MessageMedium.Sms;
            var (subject, body) = Templates.Write(Templates.SignInActivated, medium, person.Language, values);
            await db.Queue(act, new NewMessage
            {
                To = activated.Person,
                Medium = medium,
                Address = key.Open(channel),
                Masked = channel.Masked,
                Subject = subject,
                Body = body,
                Purpose = Purpose,
                Reference = Subject.Of(activated.Event),
            }, cancel);
        }
    }

    // A hirer's own branch; who has none is told the time of the bank's first branch.
    private static async Task<string> ZoneOf(StrongroomDb db, PersonId person, CancellationToken cancel) => await (
        from branch in db.BranchFacts()
        orderby db.AgreementFacts().Any(agreement => agreement.Branch == branch.Id
            && db.PartyFacts().Any(party => party.Agreement == agreement.Id && party.Person == person)) descending, branch.Code
        select branch.Zone).FirstOrDefaultAsync(cancel) ?? "UTC";
}
