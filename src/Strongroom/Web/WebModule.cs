using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Staff;
using Strongroom.Web.Account;
using Strongroom.Web.Auditing;
using Strongroom.Web.Desk;
using Strongroom.Web.Desk.Finding;
using Strongroom.Web.Files;
using Strongroom.Web.Lists;
using Strongroom.Web.Slips;
using Strongroom.Web.Widgets;

namespace Strongroom.Web;

/// <summary>The shell: pages, API conventions, problem details, headers.</summary>
internal static class WebModule
{
    public static void AddWeb(this WebApplicationBuilder builder)
    {
        builder.AddProxies();
        builder.AddTelemetry();
        builder.AddProblems();
        builder.AddApiDescription();
        builder.AddLimits();
        builder.AddPlainLog();
        builder.Services.AddValidation();
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // Numbers are numbers and states are words: nothing is guessed from a text, and no number stands for a state that has no name.
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            // What a request says beyond what is asked, or twice, is an error and not passed over: whoever meant something by it must hear that it was not done.
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.AllowDuplicateProperties = false;
            json.SerializerOptions.TypeInfoResolver = json.SerializerOptions.TypeInfoResolver!.WithAddedModifier(PlainText.Require);
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // A client may show a certificate that no authority signed: whether it is the accepted one is asked at /connect/token.
            if (builder.Configuration["Api:ClientCertificates"] == "on")
                kestrel.ConfigureHttpsDefaults(https =>
                {
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.AllowAnyClientCertificate();
                });
        });
        builder.Services.AddAuthentication();
        builder.Services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(_ => false).Build());
        builder.Services.AddSingleton<IAuthorizationPolicyProvider, RightPolicies>();
        builder.Services.AddScoped<IAuthorizationHandler, RightHandler>();
        builder.Services.AddSingleton<IAuthorizationMiddlewareResultHandler, NothingToGuard>().AddSingleton<TurnedAway>().AddSingleton<WardLog>();
        builder.Services.AddAntiforgery(options =>
        {
            options.HeaderName = "X-CSRF-TOKEN";
            options.Cookie.OfThisHost("antiforgery", builder.Environment);
            options.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.AddScoped<ReadingTurn>();
        builder.Services.AddScoped<DeskBranch>();
        builder.Services.AddScoped<ReadAccount>().AddScoped<Find>().AddScoped<ReadStory>().AddScoped<ReadDeskLists>().AddScoped<ReadSlip>().AddScoped<PrintSlip>();
        builder.Services.AddScoped<ReadEvents>().AddScoped<VisitProof>().AddDownload<EventsDownload>(EventsDownload.Path, AuditRights.Read, "Events of the log", names: true);
        builder.Services.AddSingleton(new NavigationEntry(Face.Audit, "The log", "/audit", AuditRights.Read, 10)).AddSingleton(new NavigationEntry(Face.Audit, "Check a receipt", "/audit/check", null, 20));
        builder.Services.AddSingleton(new NavigationEntry(Face.Desk, "The log", "/audit", AuditRights.Read, 80, "/desk/registers"));
        builder.Services.AddFiles();
        builder.Services.AddScoped<PrintRegister>()
            .AddRegister<LockerRegister>(LockerRegister.Path, AgreementsRights.Read, "lockers", "Locker register", ofDays: false)
            .AddRegister<OutOfHoursRegister>(OutOfHoursRegister.Path, BranchesRights.Read, "out-of-hours", "Out-of-hours register");
        builder.Services.AddSingleton(new NavigationEntry(Face.Desk, "Registers", "/desk/registers", AccessRights.Read, 75, "/desk"));
        builder.Services.AddDownload<LockersDownload>(LockersDownload.Path, AccessRights.Read, "Lockers", names: true).AddDownload<HiresDownload>(HiresDownload.Path, AgreementsRights.Read, "Agreements", names: true);
        builder.Services.AddSingleton(new NavigationEntry(Face.Desk, "Lockers", "/desk/lockers", AccessRights.Read, 50));
        builder.Services.AddSingleton(new NavigationEntry(Face.Desk, "Work to do", "/desk/work", AccessRights.Warnings, 15));
        builder.Services.AddSingleton(new NavigationEntry(Face.Office, "Work to do", "/office/work", StaffRights.Write, 5));
        builder.Services.AddSingleton(new NavigationEntry(Face.Account, "My lockers", "/account", AgreementsRights.AccountRead, 10));
        builder.Services.AddSecurityHeaderPolicies()
            .SetDefaultPolicy(headers => SecurityHeaders(headers))
            .AddPolicy(OpenApi.ReferencePolicy, headers => ReferenceHeaders(headers));
        builder.Services.AddRazorComponents();
        builder.Services.AddCascadingAuthenticationState();
    }

    public static void UseWeb(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseKeepNothing();
        app.UseWardLog();
        app.UseWhen(IsApi, api => api.UseProblems());
        app.UseWhen(http => !IsApi(http), pages => pages
            .UseExceptionHandler("/error", createScopeForErrors: true)
            .UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true)
            .Use(AsksForAPage)
            .Use(NotOurDoing));
        app.UseRouting();
        app.UseRateLimiter();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseCallerLimit();
        app.UseAuthorization();
        app.UseAntiforgery();
        app.UsePageQuery();
        app.UseHolderFence();
    }

    /// <summary>The API's root: every write carries an idempotency key and, where the session is a cookie, the antiforgery header.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").WithMetadata(new RequestSizeLimitAttribute(Limits.BodyBytes));
        api.WithRequestTimeout(nameof(Limits));
        api.AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ProvesItself>() is not null) return await next(context);
            // No browser adds a token to a request by itself, so nothing needs to be shown but the token.
            if (http.Features.Get<Actor>()?.Client is null && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            {
                WardLog.WithoutToken(http);
                return new Malformed("X-CSRF-TOKEN", "The antiforgery token is missing or not this session's.", "Read /api/v1/session and send its token as X-CSRF-TOKEN.").ToProblem(http);
            }
            if ((await RequestMark.Of(http, http.RequestAborted)).Key is null)
                return new Malformed("Idempotency-Key", $"The request has no idempotency key of 1 to {IdempotencyRow.KeyLength} characters.", "Send a new random Idempotency-Key with each new request, the same one with a repeat.").ToProblem(http);
            return await next(context);
        });
        // A question by POST: an e-mail address or a telephone number in an address would stand in every log on the way.
        api.MapPost("/find", async (FindRequest request, Find find, CancellationToken cancel) => TypedResults.Ok(await find.Handle(request.Text, reached: true, cancel)))
            .RequireAuthorization(AccessRights.Read).WithTags("Desk").WithName("Find");
        return api;
    }

    public static void MapPages(this WebApplication app)
    {
        app.MapHealth();
        app.MapApiDescription();
        app.MapDownloads();
        app.MapRegisters();
        app.MapFiles();
        PrintSlip.Map(app);
        ServeReceipts.Map(app);
        app.MapStaticAssets().AllowAnonymous();
        app.MapRazorComponents<App>();
    }

    /// <summary>The pages that are shown in another's place are read, whatever was sent there: they have no form, and look for no token in what may be no form at all.</summary>
    private static Task AsksForAPage(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IStatusCodeReExecuteFeature>() is not null || http.Features.Get<IExceptionHandlerFeature>() is not null) http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    /// <summary>A request that could not be read is answered with its own status; the page that says "something broke on our side" is for what did.</summary>
    private static async Task NotOurDoing(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException unreadable) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = unreadable.StatusCode;
        }
    }

    // What programs ask is answered with problem details, not with a page.
    private static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/connect") || http.Request.Path.StartsWithSegments("/log");

    /// <summary>Nothing from elsewhere, nothing inline, in nobody's frame. Pages with personal data are not kept by any cache.</summary>
    private static void SecurityHeaders(HeaderPolicyCollection headers) => Common(headers).AddContentSecurityPolicy(policy =>
    {
        policy.AddDefaultSrc().None();
        policy.AddObjectSrc().None();
        policy.AddScriptSrc().Self();
        policy.AddStyleSrc().Self();
        policy.AddImgSrc().Self();
        policy.AddConnectSrc().Self();
        policy.AddFormAction().Self();
        policy.AddBaseUri().None();
        policy.AddFrameAncestors().None();
    });

    /// <summary>The API's reference page draws itself by script, which brings its styles along: this one page may, and only with its nonce.</summary>
    private static void ReferenceHeaders(HeaderPolicyCollection headers) => Common(headers).AddContentSecurityPolicy(policy =>
    {
        policy.AddDefaultSrc().None();
        policy.AddScriptSrc().Self().WithNonce();
        policy.AddStyleSrc().Self().UnsafeInline();
        policy.AddImgSrc().Self().Data();
        policy.AddFontSrc().Self().Data();
        policy.AddConnectSrc().Self();
        policy.AddFormAction().None();
        policy.AddBaseUri().None();
        policy.AddFrameAncestors().None();
    });

    private static HeaderPolicyCollection Common(HeaderPolicyCollection headers) => headers
        .AddFrameOptionsDeny()
        .AddContentTypeOptionsNoSniff()
        .AddReferrerPolicyStrictOriginWhenCrossOrigin()
        .AddStrictTransportSecurityMaxAgeIncludeSubDomains()
        .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
        .AddCrossOriginResourcePolicy(policy => policy.SameOrigin());
}
