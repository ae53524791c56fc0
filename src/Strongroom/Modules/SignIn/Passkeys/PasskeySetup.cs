using System.Buffers.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Passkeys;

/// <summary>Identity's store on our tables; it never saves, because the act does.</summary>
internal sealed class UserStore : UserOnlyStore<User, StrongroomDb, Guid>
{
    public UserStore(StrongroomDb db) : base(db) => AutoSaveChanges = false;
}

/// <summary>Where people reach this server: a passkey belongs to this name for ever, so it is configured and never guessed from a request.</summary>
internal sealed record PublicAddress(Uri Uri, bool Development)
{
    public const string Setting = "Strongroom:PublicAddress";

    public string Domain => Uri.Host;

    public string Origin => Uri.GetLeftPart(UriPartial.Authority);

    /// <summary>On a developer's machine the port changes; elsewhere the origin is one text.</summary>
    public bool IsOurs(string origin) => string.Equals(origin, Origin, StringComparison.OrdinalIgnoreCase)
        || (Development && System.Uri.TryCreate(origin, UriKind.Absolute, out var other) && other.Host == "localhost");

    /// <summary>WebAuthn's options for a challenge of ours, as a page carries them: no passkey is listed, so the page tells nobody who has which.</summary>
    public string OptionsFor(byte[] challenge, DateTime expires, DateTime now) => JsonSerializer.Serialize(new
    {
        challenge = Base64Url.EncodeToString(challenge),
        rpId = Domain,
        timeout = Math.Max(1, (long)(expires - now).TotalMilliseconds),
        userVerification = "required",
    });

    /// <exception cref="InvalidOperationException">Production has no address, or one without TLS.</exception>
    public static PublicAddress Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var development = environment.IsDevelopment();
        var configured = configuration[Setting] ?? (development ? "http://localhost:5080" : null);
        if (!System.Uri.TryCreate(configured, UriKind.Absolute, out var uri) || (!development && uri.Scheme != "https"))
            throw new InvalidOperationException($"{Setting} must be the https address where people reach the bank's server: passkeys are bound to its name.");
        return new(uri, development);
    }
}

internal static class PasskeySetup
{
    // COSE's number of ECDSA with P-256 and SHA-256: what every authenticator speaks, and what the locks verify.
    public const int Es256 = -7;

    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddIdentityCore<User>().AddUserStore<UserStore>();
        services.AddScoped<IUserPasskeyStore<User>>(scope => (IUserPasskeyStore<User>)scope.GetRequiredService<IUserStore<User>>());
        services.AddScoped<IPasskeyHandler<User>, PasskeyHandler<User>>();
        services.AddScoped<PasskeyCeremony>();
        services.AddSingleton(root => PublicAddress.Of(root.GetRequiredService<IConfiguration>(), root.GetRequiredService<IHostEnvironment>()));
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) =>
        {
            options.ServerDomain = address.Domain;
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && address.IsOurs(context.Origin));
            options.IsAllowedAlgorithm = algorithm => algorithm == Es256;
            options.UserVerificationRequirement = "required";
            // Kept in the authenticator, so that nobody has to say a name first, and no list of keys answers to a name.
            options.ResidentKeyRequirement = "required";
            options.AttestationConveyancePreference = "none";
            options.AuthenticatorTimeout = SignInLimits.ChallengeLife;
        });
        return services;
    }
}
