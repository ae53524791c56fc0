using Strongroom.Data;

namespace Strongroom.Modules.SignIn.Profile;

internal sealed record RecoveryCodesMade(IReadOnlyList<string> Codes) : IShownOnce;

/// <summary>Ten new ones; the old ones are void.</summary>
internal sealed class NewRecoveryCodes(StrongroomDb db, Write write)
{
    public Task<Outcome<RecoveryCodesMade>> Handle(CancellationToken cancel) => write.Do<RecoveryCodesMade>("sign-in.new-recovery-codes", "", async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        return new RecoveryCodesMade(await SecondFactor.NewCodes(db, act, me.User, cancel));
    }, cancel);
}
