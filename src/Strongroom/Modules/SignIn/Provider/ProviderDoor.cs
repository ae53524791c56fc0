using System.Net.Sockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.Net.Http.Headers;

namespace Strongroom.Modules.SignIn.Provider;

/// <summary>
/// The framework's OpenID Connect handler, called where a page or an address of ours needs it. It is no scheme of the server's: the middleware would answer
/// its address before routing, where neither the doors nor their table see it, and would call it before anybody knows who asks.
/// </summary>
internal sealed partial class ProviderDoor(IServiceProvider services, ILogger<ProviderDoor> logger)
{
    public const string Scheme = "provider";

    /// <returns>The provider's address to send the browser to; its cookies are on the response already.</returns>
    public async Task<Outcome<string>> Lead(HttpContext http, Guid challenge, string returnUrl, TimeSpan maxAge)
    {
        var properties = new AuthenticationProperties();
        properties.Items[ProviderOptions.ChallengeItem] = challenge.ToString();
        properties.Items[ProviderOptions.ReturnItem] = returnUrl;
        properties.SetParameter<TimeSpan?>(OpenIdConnectParameterNames.MaxAge, maxAge);
        if (maxAge == TimeSpan.Zero) properties.SetParameter(OpenIdConnectParameterNames.Prompt, OpenIdConnectPrompt.Login);
        try
        {
            await (await Handler(http)).ChallengeAsync(properties);
        }
        catch (Exception down) when (IsUnreachable(down))
        {
            Log.Unreachable(logger, down);
            return new ProviderUnreachable();
        }
        var address = http.Response.Headers.Location.ToString();
        // Not a redirect: a browser holds one that answers a form to the form's own policy, and ours lets a form lead to this site alone.
        http.Response.Headers.Remove(HeaderNames.Location);
        http.Response.StatusCode = StatusCodes.Status200OK;
        return address;
    }

    /// <summary>Everything that stands between an answer and our acting on it: state, correlation, code, token.</summary>
    public async Task<ProviderAnswer> Receive(HttpContext http)
    {
        await (await Handler(http)).HandleRequestAsync();
        var answer = http.Features.Get<ProviderAnswer>() ?? new ProviderAnswer(null, null, null, new ProviderAnswerRefused());
        // An answer to no question of ours anybody can send, as often as they like; it is counted against their address.
        if (answer is { Challenge: not null, Cause: { } cause }) Log.Refused(logger, cause);
        return answer;
    }

    /// <summary>The provider cannot be asked at all, or speaks for somebody else: neither says anything about the person.</summary>
    public static bool IsUnreachable(Exception? cause) => cause switch
    {
        HttpRequestException or SocketException or IOException or OperationCanceledException => true,
        // The configuration manager's "IDX20803: unable to obtain configuration", whatever kept it.
        InvalidOperationException { InnerException: not null } obtaining => obtaining.Message.StartsWith("IDX2080", StringComparison.Ordinal) || IsUnreachable(obtaining.InnerException),
        InvalidOperationException alone => alone.Message.StartsWith("IDX2080", StringComparison.Ordinal),
        OpenIdConnectProtocolException => false,
        { InnerException: { } inner } => IsUnreachable(inner),
        _ => false,
    };

    private async Task<OpenIdConnectHandler> Handler(HttpContext http)
    {
        var handler = ActivatorUtilities.CreateInstance<OpenIdConnectHandler>(services);
        await handler.InitializeAsync(new AuthenticationScheme(Scheme, null, typeof(OpenIdConnectHandler)), http);
        return handler;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The bank's sign-in provider cannot be asked")]
        public static partial void Unreachable(ILogger logger, Exception down);

        [LoggerMessage(LogLevel.Warning, "An answer of the bank's sign-in provider was not accepted")]
        public static partial void Refused(ILogger logger, Exception cause);
    }
}
