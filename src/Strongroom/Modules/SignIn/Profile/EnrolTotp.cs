using System.Buffers.Binary;
using System.Buffers.Text;
using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Profile;

/// <param name="Offer">The sealed secret that the page showed.</param>
/// <param name="Code">What the app says for it now.</param>
public sealed record EnrolTotpRequest([property: Required, StringLength(500)] string Offer, [property: Required, StringLength(20)] string Code);

internal sealed record OfferOver() : Refusal("sign-in.offer-over", 409, "This picture is no longer good.", "Scan the new one.");

internal sealed record CodeDoesNotMatch() : Refusal(
    "sign-in.code-does-not-match", 422, "The code does not belong to this picture.", "Type the code that the app shows for this bank now. Is the telephone's clock right?");

/// <summary>An authenticator app is enrolled when it shows that it has the secret. A new one replaces the old.</summary>
internal sealed class EnrolTotp(StrongroomDb db, Write write, IHttpContextAccessor http)
{
    public Task<Outcome<SecondFactorEnrolled>> Handle(EnrolTotpRequest request, CancellationToken cancel) =>
        write.Do<SecondFactorEnrolled>("sign-in.enrol-totp", "", async act =>
        {
            var me = await Me.Of(db, act, cancel);
            if (me.WhyNotFresh(act.Now) is { } notFresh) return notFresh;
            if (TotpOffer.Open(act.Seals, me.User.Id, request.Offer, act.Now) is not { } secret) return new OfferOver();
            if (Totp.StepOf(secret, request.Code, act.Now) is not { } step) return new CodeDoesNotMatch() { Field = "Code" };
            var had = await Credentials.HasSecondFactor(db, me.User, cancel);
            me.User.TotpSecret = Totp.Seal(act.Seals, me.User.Id, secret);
            me.User.TotpLastStep = step;
            var enrolled = db.Append(act, new Event(SignInAudit.TotpEnrolled).About(me.User.Person));
            if (had) await act.Raise(db, new SignInChanged(me.User.Person, SignInChange.App, enrolled, act.Now), cancel);
            return await SecondFactor.Enrolled(db, act, me, Means.PasswordAndCode, http.HttpContext, cancel);
        }, cancel);
}

/// <summary>
/// A secret that was shown and is not stored yet: it travels in the form, sealed with the bank's key for this user and for half an hour,
/// because looking at a page must not write.
/// </summary>
internal static class TotpOffer
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);

    public static string Seal(Seals seals, Guid user, byte[] secret, DateTime now)
    {
        var content = new byte[8 + secret.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, (now + Life).Ticks);
        secret.CopyTo(content, 8);
        return Base64Url.EncodeToString(seals.SealForBank(Place(user), content));
    }

    public static byte[]? Open(Seals seals, Guid user, string offer, DateTime now)
    {
        try
        {
            var content = seals.OpenForBank(Place(user), Base64Url.DecodeFromChars(offer));
            return BinaryPrimitives.ReadInt64BigEndian(content) > now.Ticks ? content[8..] : null;
        }
        catch (Exception forged) when (forged is CryptographicException or FormatException or KeyRingException or ArgumentException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static string Place(Guid user) => $"totp-offer|{user}";
}
