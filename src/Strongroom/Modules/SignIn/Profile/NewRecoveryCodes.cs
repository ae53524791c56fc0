using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.SignIn.Profile;

internal sealed record RecoveryCodesMade(IReadOnlyList<string> Codes) : IShownOnce;

/// <summary>Ten new ones; the old ones are void.</summary>
internal sealed class NewRecoveryCodes(StrongroomDb db, Write write)
{
    public Task<Outcome<RecoveryCodesMade>> Handle(CancellationToken cancel) => write.Do<RecoveryCodesMade>("sign-in.new-recovery-codes", "", async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        var (codes, made) = await SecondFactor.NewCodes(db, act, me.User, cancel);
        await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.RecoveryCodes, made, act.Now), cancel);
        return new RecoveryCodesMade(codes);
    }, cancel);
}
