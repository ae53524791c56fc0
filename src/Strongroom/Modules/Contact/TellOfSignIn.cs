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
/// Whose sign-in was activated, changed, or tried again and again in vain is told at every address the bank has, not only at the one that half of the code went to: who took over that
/// mailbox does not have the others. An alarm: it is sent by night, too.
/// </summary>
internal static class TellOfSignIn
{
    public const string Purpose = "sign-in-activated", ChangePurpose = "sign-in-changed", AttemptPurpose = "sign-in-attempted";

    public static Task On(StrongroomDb db, Act act, SignInActivated activated, CancellationToken cancel) =>
        Tell(db, act, activated.Person, activated.Event, activated.At, (Templates.SignInActivated, Purpose), null, cancel);

    public static Task On(StrongroomDb db, Act act, SignInChanged changed, CancellationToken cancel) =>
        Tell(db, act, changed.Person, changed.Event, changed.At, (Templates.SignInChanged, ChangePurpose), changed.Change, cancel);

    public static Task On(StrongroomDb db, Act act, SignInAttempted attempted, CancellationToken cancel) =>
        Tell(db, act, attempted.Person, attempted.Event, attempted.At, (Templates.SignInAttempted, AttemptPurpose), null, cancel);

    private static async Task Tell(StrongroomDb db, Act act, PersonId addressee, EventId happened, DateTime at, (string Text, string Purpose) what, SignInChange? change, CancellationToken cancel)
    {
        var channels = await db.ChannelFacts().Where(row => row.Person == addressee).OrderBy(row => row.Id).ToListAsync(cancel);
        if (channels.Count == 0) return;
        var person = await db.PersonFacts().SingleAsync(row => row.Id == addressee, cancel);
        var key = await act.Seals.KeyOf(db, addressee, cancel);
        var values = new Templates.Values(person.Name, "", "", at, await ZoneOf(db, addressee, cancel)) { Change = change };
        foreach (var channel in channels)
        {
            var medium = channel.Kind == ChannelKind.Email ? MessageMedium.Email : MessageMedium.Sms;
            var (subject, body) = Templates.Write(what.Text, medium, person.Language, values);
            await db.Queue(act, new NewMessage
            {
                To = addressee,
                Medium = medium,
                Address = key.Open(channel),
                Masked = channel.Masked,
                Subject = subject,
                Body = body,
                Purpose = what.Purpose,
                Reference = Subject.Of(happened),
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
