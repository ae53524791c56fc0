using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="Ended">How many sessions.</param>
public sealed record EverybodySignedOut(int Ended);

/// <summary>
/// A telephone was lost, a counter's machine stolen, or nobody knows yet what happened: an administrator signs one officer out everywhere, or
/// everybody in the bank but themselves, account holders too. Sign-ins stay open; who is signed out proves anew to be who they are.
/// </summary>
internal sealed class EndOfficersSessions(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> One(OfficerId id, CancellationToken cancel) => write.Do<Done>("staff.end-sessions", new { id }, async act =>
    {
        if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
        var officer = await db.Set<Officer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (officer is null) return new NoSuch("officer");
        await ActivationContract.SignOut(db, act, officer.Person, cancel);
        return Done.It;
    }, cancel);

    /// <summary>Every counter stands still until its officers are back, so whoever sits down at an administrator's open screen does not get to do it.</summary>
    public Task<Outcome<EverybodySignedOut>> All(CancellationToken cancel) => write.Do<EverybodySignedOut>("staff.end-all-sessions", "", async act =>
    {
        if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
        if (await db.WhyNotFresh(act.Actor, act.Now, cancel) is { } notFresh) return notFresh;
        return new EverybodySignedOut(await ActivationContract.SignEverybodyOut(db, act, except: act.Actor.Session, cancel));
    }, cancel);
}
