using System.ComponentModel.DataAnnotations;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

/// <param name="Name">What its owner calls it: "My telephone".</param>
/// <param name="Credential">What the browser answered, in WebAuthn's JSON.</param>
public sealed record AddPasskeyRequest(
    [property: Required] Guid? Challenge, [property: Required, StringLength(20_000)] string Credential, [property: Required, StringLength(60)] string Name);

internal sealed record PasskeyNotAdded() : Refusal(
    "sign-in.passkey-not-added", 422, "The passkey was not accepted.", "Try once more. It must ask for your finger, face or PIN; a key without one does not do.");

/// <summary>A key that stays in the person's device; the bank keeps its public half, and no finger and no face.</summary>
internal sealed class AddPasskey(StrongroomDb db, Write write, PasskeyCeremony passkeys, IHttpContextAccessor http)
{
    public Task<Outcome<PasskeyQuestion>> Ask(CancellationToken cancel) => write.Do<PasskeyQuestion>("sign-in.ask-new-passkey", "", async act =>
    {
        var me = await Me.Of(db, act, cancel);
        if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
        return await passkeys.AskToEnrol(act, me.User, cancel);
    }, cancel);

    public Task<Outcome<SecondFactorEnrolled>> Handle(AddPasskeyRequest request, CancellationToken cancel) =>
        write.Do<SecondFactorEnrolled>("sign-in.add-passkey", new { request.Challenge, request.Name }, async act =>
        {
            var me = await Me.Of(db, act, cancel);
            if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
            var challenge = await Challenge.Open(db, act, request.Challenge ?? default, ChallengeKind.PasskeyEnrolment, cancel);
            if (challenge is null || challenge.User != me.User.Id) return new StepOver();
            var had = await Credentials.HasSecondFactor(db, me.User, cancel);
            if (await passkeys.Enrol(me.User, request.Credential, challenge.State, request.Name, act.Now, cancel) is not { } passkey) return new PasskeyNotAdded();
            challenge.UsedAt = act.Now;
            var added = db.Append(act, new Event(SignInAudit.PasskeyAdded).About(me.User.Person).About(me.User.Key).With(PasskeyMark.Name, PasskeyMark.Of(passkey)));
            if (had) await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.PasskeyAdded, added, act.Now), cancel);
            return await SecondFactor.Enrolled(db, act, me, Means.Passkey, http.HttpContext, cancel);
        }, cancel);
}
