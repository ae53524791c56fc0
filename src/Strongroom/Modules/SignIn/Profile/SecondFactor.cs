using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

/// <summary>What enrolling showed once: ten recovery codes, where the person had none; and the whole session, where they had only an enrolling one.</summary>
internal sealed record SecondFactorEnrolled(IReadOnlyList<string> RecoveryCodes, SessionBegun? Session) : IShownOnce;

internal static class SecondFactor
{
    /// <summary>The end of every enrolment: recovery codes if there are none, and a new session in place of one that could only enrol.</summary>
    public static async Task<SecondFactorEnrolled> Enrolled(StrongroomDb db, Act act, Me me, Means means, HttpContext? http, CancellationToken cancel)
    {
        var has = await db.Set<RecoveryCode>().AnyAsync(code => code.User == me.User.Id && code.UsedAt == null, cancel);
        var codes = has ? [] : (await NewCodes(db, act, me.User, cancel)).Codes;
        if (me.Session is not { Enrolling: true } enrolling) return new SecondFactorEnrolled(codes, null);
        enrolling.EndedAt = act.Now;
        return new SecondFactorEnrolled(codes, await BeginSession.Of(db, act, me.User, means, enrolling: false, http, cancel));
    }

    public static async Task<(IReadOnlyList<string> Codes, EventId Made)> NewCodes(StrongroomDb db, Act act, User user, CancellationToken cancel)
    {
        await Credentials.RemoveRecoveryCodes(db, user, cancel);
        var codes = Enumerable.Range(0, SignInLimits.RecoveryCodes).Select(_ => Readable.New(RecoveryCode.Characters, RecoveryCode.Group)).ToList();
        foreach (var code in codes)
            db.Add(new RecoveryCode { Id = act.NewGuid(), User = user.Id, Code = RecoveryCode.Hash(act.Seals, user.Id, code) });
        return (codes, db.Append(act, new Event(SignInAudit.RecoveryCodesMade).About(user.Person).With("count", codes.Count)));
    }
}
