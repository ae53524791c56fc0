using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Staff;

/// <summary>An officer's sign-in is closed at once, as long as something is looked into, and opened again. Postings stay; one person has one sign-in, also as a customer.</summary>
internal sealed class CloseSignIn(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Close(OfficerId id, CancellationToken cancel) =>
        write.Do<Done>("staff.close-sign-in", new { id }, act => Set(act, id, person => ActivationContract.Disable(db, act, person, cancel), cancel), cancel);

    public Task<Outcome<Done>> Reopen(OfficerId id, CancellationToken cancel) =>
        write.Do<Done>("staff.reopen-sign-in", new { id }, act => Set(act, id, person => ActivationContract.Enable(db, act, person, cancel), cancel), cancel);

    private async Task<Outcome<Done>> Set(Act act, OfficerId id, Func<PersonId, Task<Outcome<Done>>> set, CancellationToken cancel)
    {
        if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
        var officer = await db.Set<Officer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (officer is null) return new NoSuch("officer");
        // The last administrator would lock the bank out.
        return act.Actor.Person == officer.Person ? new NotYours().About(officer.Person) : await set(officer.Person);
    }
}
