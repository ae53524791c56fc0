using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="BranchCode">Null for the whole bank.</param>
public sealed record EnlistOfficerRequest(string Name, string UserName, string StaffNumber, Role Role, string? BranchCode);

public sealed record OfficerEnlisted(OfficerId Id, PersonId Person, Invitation Invitation) : IShownOnce;

/// <summary>
/// Person, officer, posting from today and sign-in in one act, for the command line: how a new bank gets its first administrator, whom
/// nobody could have invited, and its second one when the first is left alone. Whoever may run the server's program is trusted with both halves of the code,
/// and so waits for nobody's approval; nobody who signed in does it (ADR 25).
/// </summary>
internal sealed class EnlistOfficer(StrongroomDb db, Write write, AddOfficer add, PostOfficer post)
{
    public Task<Outcome<OfficerEnlisted>> Handle(EnlistOfficerRequest request, CancellationToken cancel) =>
        write.Do<OfficerEnlisted>("staff.enlist-officer", request, async act =>
        {
            if (act.Actor.Person is not null) return new NotYours();
            var branch = request.BranchCode is null ? null : await db.BranchFacts().SingleOrDefaultAsync(row => row.Code == request.BranchCode, cancel);
            if (branch is null && request.BranchCode is not null) return new NoSuch("branch");

            var added = await add.Decide(act, new(null, new NewPerson { Name = request.Name }, request.StaffNumber), cancel);
            if (added.Refused(out var refusal, out var officer)) return refusal;
            var posting = new PostOfficerRequest(branch?.Id, request.Role, act.Now.DateIn(branch?.Zone ?? "UTC"), null);
            if ((await post.Decide(act, db.Set<Officer>().Local.Single(row => row.Id == officer.Id), posting, cancel)).Refused(out refusal, out _)) return refusal;
            if ((await ActivationContract.Invite(db, act, officer.Person, request.UserName, cancel)).Refused(out refusal, out var invitation)) return refusal;
            return new OfficerEnlisted(officer.Id, officer.Person, invitation);
        }, cancel);
}
