using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Customers;

/// <param name="UserName">What the person will sign in with.</param>
public sealed record InviteOnlineRequest([property: Required, StringLength(60, MinimumLength = 3)] string UserName);

/// <summary>What the officer hands over, shown once. The other half is on its way and known to nobody at the bank.</summary>
public sealed record InvitedOnline(string UserName, string CounterHalf, string SentTo, DateTime ExpiresAt) : IShownOnce;

/// <param name="Check">How the officer made sure who asks.</param>
public sealed record StartOnlineOverRequest([property: Required(ErrorMessage = "Choose how you made sure who it is"), EnumDataType(typeof(PasskeyCheck))] PasskeyCheck? Check);

internal sealed record OfficersSignIn() : Refusal("customers.officers-sign-in", 403, "This person is an officer, and the sign-in is one and the same.", "Send them to an administrator, who does it at the office.");

internal sealed record NoEmailToInviteTo() : Refusal("customers.no-email-to-invite-to", 409,
    "The person has no e-mail address that half of the code could go to.", "Add an e-mail address first.");

internal sealed record OrganisationSignsInByNobody() : Refusal("customers.organisation-signs-in-by-nobody", 409,
    "An organisation cannot sign in.", "Open online access for its signatories.");

/// <summary>
/// Opens online access for a person who was identified at the counter: half of the code from hand to hand, half to the registered address,
/// so that neither a thief of the mailbox nor an officer alone can activate it.
/// </summary>
internal sealed class InviteOnline(StrongroomDb db, Write write, IEnumerable<IRoleSource> roles)
{
    public Task<Outcome<InvitedOnline>> Handle(PersonId id, InviteOnlineRequest request, CancellationToken cancel) =>
        write.Do<InvitedOnline>("customers.invite-online", new { id, request }, act =>
            Offer(act, id, new Event(CustomersAudit.Invited), () => ActivationContract.Invite(db, act, id, request.UserName, cancel), cancel), cancel);

    /// <summary>For a person who lost password or device and stands at the counter: all that they signed in with goes, and a new code is made.</summary>
    public Task<Outcome<InvitedOnline>> StartOver(PersonId id, StartOnlineOverRequest request, CancellationToken cancel) =>
        write.Do<InvitedOnline>("customers.start-online-over", new { id, request }, async act =>
        {
            // Who serves at a counter must not take over an officer's sign-in.
            foreach (var source in roles)
                if ((await source.GrantsOf(id, act.Now, cancel)).Any(grant => grant.IsOfTheBank())) return new OfficersSignIn().About(id);
            return await Offer(act, id, new Event(CustomersAudit.StartedOver).With("check", request.Check!.Value), () => ActivationContract.StartOver(db, act, id, cancel), cancel);
        }, cancel);

    private async Task<Outcome<InvitedOnline>> Offer(Act act, PersonId id, Event what, Func<Task<Outcome<Invitation>>> make, CancellationToken cancel)
    {
        if (!act.Actor.May(CustomersRights.Invite)) return new NotYours();
        if (await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel) is not { } person) return new NoSuch("person");
        if (person.Kind == PersonKind.Organisation) return new OrganisationSignsInByNobody().About(id);
        // Nobody opens a door for themselves and holds both halves.
        if (act.Actor.Person == id) return new NotYours().About(id);
        var email = await db.ChannelFacts().Where(row => row.Person == id && row.Kind == ChannelKind.Email).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        if (email is null) return new NoEmailToInviteTo().About(id);

        if ((await make()).Refused(out var refusal, out var invitation)) return refusal;
        var offered = db.Append(act, what.About(id).About(invitation.User).About(email.Id));
        var key = await act.Seals.KeyOf(db, id, cancel);
        await db.Queue(act, new NewMessage
        {
            To = id,
            Address = key.Open(email),
            Masked = email.Masked,
            Subject = "Your half of the code for online access",
            Body = $"""
                Dear {person.Name},

                at the counter you were given the first half of a code. This is the second half:

                    {invitation.SentHalf}

                Your user name is {invitation.UserName}. Choose "{ActivationContract.PageTitle}" on the page where one signs in, and enter both halves within 72 hours.

                Nobody from the bank will ever ask you for this half. If you did not ask for online access, tell your branch.
                """,
            Purpose = "activation",
            // Each invitation has a code of its own, so it is the invitation that the message serves and not the person.
            Reference = Subject.Of(offered),
            Branch = act.Actor.BranchesWith(CustomersRights.Invite) is [var only] ? only : null,
            Confidential = true,
        }, cancel);
        return new InvitedOnline(invitation.UserName, invitation.CounterHalf, email.Masked, invitation.ExpiresAt);
    }
}
