using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Web;

namespace Strongroom.Modules.SignIn.Provider;

/// <summary>How the framework's handler speaks to the bank's provider. What it finds it lays on the request (<see cref="ProviderAnswer"/>); it begins no session.</summary>
internal sealed class ProviderOptions(BankProvider bank, IHttpClientFactory clients, IHostEnvironment environment, SiteAddress site, TimeProvider clock) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    public const string HttpClient = "sign-in-provider", ChallengeItem = "challenge", ReturnItem = "return";

    private const int LargestAnswer = 1024 * 1024;

    // What is signed with a key that the provider publishes; never "none", never a shared secret.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, OpenIdConnectOptions options)
    {
        if (name != ProviderDoor.Scheme || bank.Settings is not { } settings) return;
        options.TimeProvider = clock;
        options.Authority = settings.Authority.ToString();
        options.ClientId = settings.ClientId;
        options.ClientSecret = File.ReadAllText(settings.ClientSecretFile).Trim();
        options.CallbackPath = ProviderRoutes.Back;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // By query, so that the answer is a plain visit: cookies may stay Lax. The code in it is worth nothing without our secret and the verifier.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.Scope.Clear();
        options.Scope.Add(OpenIdConnectScope.OpenId);
        options.DisableTelemetry = true;
        options.MapInboundClaims = false;
        options.ClaimActions.Clear();
        options.SaveTokens = false;
        options.SignInScheme = SessionScheme.Name;
        // Without an expiry of their own: the row of the challenge has it.
        options.CorrelationCookie = Cookie("strongroom-provider.");
        options.NonceCookie = Cookie("strongroom-nonce.");

        options.RequireHttpsMetadata = !environment.IsDevelopment();
        options.Backchannel = clients.CreateClient(HttpClient);
        options.Backchannel.MaxResponseContentBufferSize = LargestAnswer;
        options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{options.Authority.TrimEnd('/')}/.well-known/openid-configuration", new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(options.Backchannel) { RequireHttps = options.RequireHttpsMetadata }, new OfThisIssuer(settings.Authority, options.RequireHttpsMetadata));

        var checks = options.TokenValidationParameters;
        checks.ValidAudience = settings.ClientId;
        checks.ValidAlgorithms = Algorithms;
        checks.LifetimeValidator = (notBefore, expires, _, _) => InTime(notBefore, expires, settings.ClockSkew);

        options.Events = new OpenIdConnectEvents
        {
            OnRedirectToIdentityProvider = redirect =>
            {
                // From the settings, never from what a request says of its host.
                redirect.ProtocolMessage.RedirectUri = site.To(ProviderRoutes.Back);
                if (settings.Acr.Count > 0) redirect.ProtocolMessage.AcrValues = string.Join(' ', settings.Acr);
                return Task.CompletedTask;
            },
            OnAuthorizationCodeReceived = async received =>
            {
                // RFC 9207: an answer that says which provider it is from must be from ours. Thrown, because the event's own way to fail forgets which question it was.
                if (received.ProtocolMessage.Iss is { Length: > 0 } from
                    && from != (await received.Options.ConfigurationManager!.GetConfigurationAsync(received.HttpContext.RequestAborted)).Issuer)
                    throw new AuthenticationFailureException("The answer names another issuer.");
            },
            OnTokenResponseReceived = received =>
            {
                // The framework takes an unsigned token from the token endpoint, as the specification allows, because it came by TLS. Ours is signed.
                var token = new JsonWebToken(received.TokenEndpointResponse.IdToken);
                if (token.EncodedSignature.Length == 0 || !Algorithms.Contains(token.Alg)) throw new AuthenticationFailureException($"The token is not signed with a key ({token.Alg}).");
                return Task.CompletedTask;
            },
            OnTicketReceived = received =>
            {
                Lay(received.HttpContext, new(ChallengeOf(received.Properties), ReturnOf(received.Properties), WordOf(received.Principal!), null));
                received.HandleResponse();
                return Task.CompletedTask;
            },
            OnAccessDenied = denied =>
            {
                Lay(denied.HttpContext, new(ChallengeOf(denied.Properties), ReturnOf(denied.Properties), null, new ProviderCancelled()));
                denied.HandleResponse();
                return Task.CompletedTask;
            },
            OnRemoteFailure = failed =>
            {
                Refusal fault = ProviderDoor.IsUnreachable(failed.Failure) ? new ProviderUnreachable() : new ProviderAnswerRefused();
                Lay(failed.HttpContext, new(ChallengeOf(failed.Properties), ReturnOf(failed.Properties), null, fault) { Cause = failed.Failure });
                failed.HandleResponse();
                return Task.CompletedTask;
            },
        };
    }

    private bool InTime(DateTime? notBefore, DateTime? expires, TimeSpan skew)
    {
        var now = clock.UtcNow();
        return expires is { } end && now < end + skew && (notBefore is not { } from || from - skew <= now);
    }

    private CookieBuilder Cookie(string name)
    {
        var cookie = new CookieBuilder();
        cookie.OfThisHost(name, environment);
        cookie.SameSite = SameSiteMode.Lax;
        cookie.IsEssential = true;
        return cookie;
    }

    private static void Lay(HttpContext http, ProviderAnswer answer) => http.Features.Set(answer);

    private static Guid? ChallengeOf(AuthenticationProperties? properties) =>
        properties?.Items.TryGetValue(ChallengeItem, out var text) == true && Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) ? id : null;

    // Not the framework's own redirect address: where that is empty it puts the page that asked.
    private static string? ReturnOf(AuthenticationProperties? properties) => properties?.Items.TryGetValue(ReturnItem, out var url) == true ? url : null;

    private static ProviderWord WordOf(ClaimsPrincipal principal) => new(
        principal.FindFirst(JwtRegisteredClaimNames.Iss)!.Value,
        principal.FindFirst(JwtRegisteredClaimNames.Sub)!.Value,
        [.. principal.FindAll(JwtRegisteredClaimNames.Amr).Select(claim => claim.Value)],
        principal.FindFirst(JwtRegisteredClaimNames.Acr)?.Value,
        long.TryParse(principal.FindFirst(JwtRegisteredClaimNames.AuthTime)?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= LatestSecond
            ? DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime
            : null);

    private static readonly long LatestSecond = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>A discovery document speaks for the issuer under whose address it lies and for no other, and leads nowhere without TLS.</summary>
    private sealed class OfThisIssuer(Uri authority, bool requireHttps) : IConfigurationValidator<OpenIdConnectConfiguration>
    {
        public ConfigurationValidationResult Validate(OpenIdConnectConfiguration configuration)
        {
            string?[] addresses = [configuration.AuthorizationEndpoint, configuration.TokenEndpoint, configuration.JwksUri, configuration.PushedAuthorizationRequestEndpoint];
            var why = configuration.Issuer?.TrimEnd('/') != authority.ToString().TrimEnd('/') ? $"The discovery document below {authority} is that of {configuration.Issuer}."
                : configuration.SigningKeys.Count == 0 ? "The provider publishes no key."
                : requireHttps && addresses.Any(address => address is not null && !address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) ? "The provider names an address without TLS."
                : null;
            return new() { Succeeded = why is null, ErrorMessage = why };
        }
    }
}

/// <summary>What came back from the provider with the browser: a word to act on, or what is wrong.</summary>
/// <param name="Challenge">Of the question it answers; null where the answer carries none of ours.</param>
/// <param name="ReturnUrl">Where the person wanted to go, as it went out.</param>
internal sealed record ProviderAnswer(Guid? Challenge, string? ReturnUrl, ProviderWord? Word, Refusal? Fault)
{
    /// <summary>For the log of the program; never shown.</summary>
    public Exception? Cause { get; init; }
}
