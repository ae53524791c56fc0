using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Entering;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Passkeys;

/// <summary>What the browser is asked (the options of WebAuthn, in JSON) and under which challenge of ours.</summary>
public sealed record PasskeyQuestion(Guid Challenge, JsonElement Options);

/// <summary>An assertion that the framework verified: whose it is, by which key, and the bytes for who wants to verify it again.</summary>
internal sealed record PasskeyProof(User User, UserPasskeyInfo Passkey, byte[] ClientData, byte[] AuthenticatorData, byte[] Signature);

/// <summary>
/// The framework's passkey handler, with its state in our table instead of a cookie, and, for a signature, with our challenge instead of its own.
/// </summary>
internal sealed class PasskeyCeremony(StrongroomDb db, IPasskeyHandler<User> handler, IUserPasskeyStore<User> store, IHttpContextAccessor http)
{
    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("A passkey is asked for by a browser.");

    /// <summary>Asks for any passkey of this site; with <paramref name="user"/>, only that person's will do.</summary>
    public async Task<PasskeyQuestion> Ask(Act act, ChallengeKind kind, Guid? user, CancellationToken cancel)
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        var challenge = JsonDocument.Parse(made.RequestOptionsJson).RootElement.GetProperty("challenge").GetString();
        return await Remember(act, kind, user, StateOf(Base64Url.DecodeFromChars(challenge), user), made.RequestOptionsJson, cancel);
    }

    public async Task<PasskeyQuestion> AskToEnrol(Act act, User user, CancellationToken cancel)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(), Name = user.UserName!, DisplayName = user.UserName! }, Http);
        return await Remember(act, ChallengeKind.PasskeyEnrolment, user.Id, made.AttestationState, made.CreationOptionsJson, cancel);
    }

    /// <summary>
    /// The framework's assertion state made by hand: challenge in standard base64, and the user. Its form is internal to the framework; one test
    /// pins it, to fail loudly at an upgrade.
    /// </summary>
    public static string StateOf(byte[] challenge, Guid? user) =>
        JsonSerializer.Serialize(new Dictionary<string, string?> { ["challenge"] = Convert.ToBase64String(challenge), ["userId"] = user?.ToString() });

    /// <returns>Null when the assertion does not verify, is of somebody else or of a disabled user, or the log knows nothing of the key. The key's counter is moved on in the caller's act.</returns>
    public async Task<PasskeyProof?> Prove(string credentialJson, string? state, CancellationToken cancel)
    {
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = Http, CredentialJson = credentialJson, AssertionState = state });
        if (!result.Succeeded || result.User.Disabled || !await PasskeyMark.Stands(db, result.User.Id, result.Passkey, cancel)) return null;
        await store.AddOrUpdatePasskeyAsync(result.User, result.Passkey, cancel);
        var response = JsonDocument.Parse(credentialJson).RootElement.GetProperty("response");
        return new PasskeyProof(result.User, result.Passkey, Bytes("clientDataJSON"), Bytes("authenticatorData"), Bytes("signature"));

        byte[] Bytes(string name) => Base64Url.DecodeFromChars(response.GetProperty(name).GetString());
    }

    /// <returns>Null when the new key does not verify.</returns>
    public async Task<UserPasskeyInfo?> Enrol(User user, string credentialJson, string? state, string name, DateTime now, CancellationToken cancel)
    {
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = Http, CredentialJson = credentialJson, AttestationState = state });
        if (!result.Succeeded || result.UserEntity.Id != user.Id.ToString()) return null;
        var made = result.Passkey;
        // Made anew for the time: the framework takes it from the machine's clock.
        var passkey = new UserPasskeyInfo(made.CredentialId, made.PublicKey, now, made.SignCount, made.Transports, made.IsUserVerified,
            made.IsBackupEligible, made.IsBackedUp, made.AttestationObject, made.ClientDataJson)
        { Name = name };
        await store.AddOrUpdatePasskeyAsync(user, passkey, cancel);
        return passkey;
    }

    private async Task<PasskeyQuestion> Remember(Act act, ChallengeKind kind, Guid? user, string? state, string optionsJson, CancellationToken cancel)
    {
        await Challenge.Sweep(db, act.Now, cancel);
        var row = new Challenge { Id = act.NewGuid(), Kind = kind, User = user, State = state, ExpiresAt = act.Now + SignInLimits.ChallengeLife };
        db.Add(row);
        return new PasskeyQuestion(row.Id, JsonDocument.Parse(optionsJson).RootElement);
    }
}
