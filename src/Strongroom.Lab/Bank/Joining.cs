using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Profile;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>What people of the simulated bank do with their sign-in: take it over, enrol an authenticator, sign.</summary>
public static class Joining
{
    // A code counts once a half minute, so each proof is given in a half minute of its own.
    private static readonly TimeSpan NextStep = TimeSpan.FromSeconds(31);

    internal static async Task<Player> Activate(LabBank lab, PersonId person, string name, Invitation invitation)
    {
        await lab.Do<Activate, SessionBegun>(null, slice =>
            slice.Handle(new(invitation.UserName, invitation.CounterHalf, invitation.SentHalf, SmallBank.Password), default));
        var secret = KeyGeneration.GenerateRandomKey(20);
        var offer = await lab.As(person, services =>
            Task.FromResult(TotpOffer.Seal(services.GetRequiredService<Seals>(), invitation.User.Value, secret, lab.Now)));
        await lab.Do<EnrolTotp, SecondFactorEnrolled>(person, slice => slice.Handle(new(offer, CodeOf(secret, lab.Now)), default));
        return new(person, name, invitation.UserName, SmallBank.Password, Base32Encoding.ToString(secret));
    }

    /// <summary>Online access for a hirer, both halves of the code in their hands.</summary>
    internal static async Task<Player> OpenAccess(LabBank lab, Player officer, PersonId hirer, string name, string userName)
    {
        var invitation = await lab.As(officer.Person, services => services.GetRequiredService<Write>().Do<Invitation>("lab.invite", userName,
            act => ActivationContract.Invite(services.GetRequiredService<StrongroomDb>(), act, hirer, userName, default), default));
        return invitation.Refused(out var refusal, out var code)
            ? throw new InvalidOperationException(refusal.Title)
            : await Activate(lab, hirer, name, code);
    }

    /// <summary>Signs by password and code, in the signer's own session.</summary>
    internal static async Task Sign(LabBank lab, SignatureId signature, Player signer)
    {
        await lab.Pass(NextStep);
        await lab.Do<Sign, SignatureGiven>(signer.Person, slice =>
            slice.ByCode(signature, new(null, signer.Password, CodeOf(Base32Encoding.ToBytes(signer.TotpSecret), lab.Now)), default));
    }

    internal static string CodeOf(byte[] secret, DateTime now) => new Totp(secret).ComputeTotp(now);
}
