using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Staff;

public sealed record InviteOfficerRequest([property: Required, StringLength(60, MinimumLength = 3)] string UserName);

/// <summary>The half that is handed over, shown once; the other half is on its way and known to nobody else.</summary>
public sealed record OfficerInvited(string UserName, string CounterHalf, string SentTo, DateTime ExpiresAt) : IShownOnce;

internal sealed record NoEmail() : Refusal("staff.no-email", 409, "The officer has no e-mail address that half of the code could go to.", "Add their e-mail address first, on their page among people.");

/// <summary>A sign-in for an officer: half of the code from hand to hand, half to the registered address.</summary>
internal sealed class InviteOfficer(StrongroomDb db, Write write)
{
    public Task<Outcome<OfficerInvited>> Handle(OfficerId id, InviteOfficerRequest request, CancellationToken cancel) =>
        write.Do<OfficerInvited>("staff.invite-officer", new { id, request }, act =>
            Offer(act, id, StaffAudit.Invited, person => ActivationContract.Invite(db, act, person, request.UserName, cancel), cancel), cancel);

    /// <summary>For an officer who lost password or device, and whom the administrator knows: all that they signed in with goes, and a new code is made.</summary>
    public Task<Outcome<OfficerInvited>> StartOver(OfficerId id, CancellationToken cancel) =>
        write.Do<OfficerInvited>("staff.start-over", new { id }, act =>
            Offer(act, id, StaffAudit.StartedOver, person => ActivationContract.StartOver(db, act, person, cancel), cancel), cancel);

    private async Task<Outcome<OfficerInvited>> Offer(Act act, OfficerId id, AuditKind what, Func<PersonId, Task<Outcome<Invitation>>> make, CancellationToken cancel)
    {
        if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
        var officer = await db.Set<Officer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
        if (officer is null) return new NoSuch("officer");
        // Nobody opens a door for themselves and holds both halves.
        if (act.Actor.Person == officer.Person) return new NotYours().About(officer.Person);
        var email = await db.ChannelFacts().Where(row => row.Person == officer.Person && row.Kind == ChannelKind.Email).OrderBy(row => row.Id).FirstOrDefaultAsync(cancel);
        if (email is null) return new NoEmail().About(officer.Person);

        if ((await make(officer.Person)).Refused(out var refusal, out var invitation)) return refusal;
        var offered = db.Append(act, new Event(what).About(id).About(officer.Person).About(invitation.User).About(email.Id));
        var key = await act.Seals.KeyOf(db, officer.Person, cancel);
        await db.Queue(act, new NewMessage
        {
            To = officer.Person,
            Address = key.Open(email),
            Masked = email.Masked,
            Subject = "Your half of the code for signing in at work",
            Body = $"""
                An administrator has the first half of a code for you. This is the second half:

                    {invitation.SentHalf}

                Your user name is {invitation.UserName}. Choose "{ActivationContract.PageTitle}" on the page where one signs in, and enter both halves within 72 hours.

                Nobody will ever ask you for this half.
                """,
            Purpose = "activation",
            // Each invitation has a code of its own, so it is the invitation that the message serves and not the person.
            Reference = Subject.Of(offered),
            Confidential = true,
        }, cancel);
        return new OfficerInvited(invitation.UserName, invitation.CounterHalf, email.Masked, invitation.ExpiresAt);
    }
}
