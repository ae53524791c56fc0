using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Strongroom.Data;

namespace Strongroom.Web;

/// <summary>The shell: pages, API conventions, problem details, headers.</summary>
internal static class WebModule
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddValidation();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
        builder.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, RightPolicies>();
        builder.Services.AddScoped<IAuthorizationHandler, RightHandler>();
        builder.Services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";
            options.Cookie = new SecureCookie { Name = "__Host-antiforgery", Path = "/", SameSite = SameSiteMode.Strict, HttpOnly = true, IsEssential = true };
        });
        builder.Services.AddRazorComponents();
        builder.Services.AddCascadingAuthenticationState();
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseSecurityHeaders(SecurityHeaders());
        app.UseWhen(IsApi, api => api.UseExceptionHandler().UseStatusCodePages());
        app.UseWhen(http => !IsApi(http), pages => pages
            .UseExceptionHandler("/error", createScopeForErrors: true)
            .UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true));
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    /// <summary>The API's root: every write carries the antiforgery header (the session is a cookie) and an idempotency key.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (HttpMethods.IsGet(http.Request.Method)) return await next(context);
            if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
                return new Malformed("X-CSRF-TOKEN", "The antiforgery token is missing or not this session's.", "Read /api/v1/session and send its token as X-CSRF-TOKEN.").ToProblem(http);
            if ((await RequestMark.Of(http, http.RequestAborted)).Key is null)
                return new Malformed("Idempotency-Key", $"The request has no idempotency key of 1 to {IdempotencyRow.KeyLength} characters.", "Send a new random Idempotency-Key with each new request, the same one with a repeat.").ToProblem(http);
            return await next(context);
        });
        return api;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
    }

    /// <summary>
    /// Secure always. Told so by its policy, the framework refuses to speak at all on http://localhost, where browsers do keep secure cookies.
    /// </summary>
    private sealed class SecureCookie : CookieBuilder
    {
        public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
        {
            var options = base.Build(context, expiresFrom);
            options.Secure = true;
            return options;
        }
    }

    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api");

    /// <summary>Nothing from elsewhere, nothing inline, in nobody's frame. Pages with personal data are not kept by any cache.</summary>
    private static HeaderPolicyCollection SecurityHeaders() => new HeaderPolicyCollection()
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin())
        .RemoveServerHeader()
        .AddContentSecurityPolicy(policy =>
        {
            policy.AddDefaultSrc().None();
            policy.AddScriptSrc().Self();
            policy.AddStyleSrc().Self();
            policy.AddImgSrc().Self();
            policy.AddConnectSrc().Self();
            policy.AddFormAction().Self();
            policy.AddBaseUri().Self();
            policy.AddFrameAncestors().None();
        });
}
