using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Locking;
using Strongroom.Web;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>
/// Who a request comes from: the cookie leads to the session's row, and row, user and roles are read anew each time, so that what was
/// ended, disabled or taken away a moment ago is over. Not the framework's cookie handler: with a ticket store it renews an old session's key when
/// somebody signs in over it, and it stores when the response is written, outside our transaction.
/// </summary>
internal sealed class SessionScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    OpenSessions sessions, SeenSessions seen, SessionCookies cookies, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // A style sheet asks for nobody.
        if (Context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return AuthenticateResult.NoResult();
        if (Ticket.Parse(cookies.Session.Read(Context)) is not { } ticket) return AuthenticateResult.NoResult();

        var now = clock.UtcNow();
        var cancel = Context.RequestAborted;
        var id = new SessionId(ticket.Id);
        if (await sessions.Find(id, cancel) is not { } open || !ticket.Matches(open.Session.SecretHash)) return AuthenticateResult.Fail("The session is over.");

        if (await sessions.ActorOf(open, Context.Connection.RemoteIpAddress?.ToString(), cancel) is not { } actor)
        {
            // As nobody, so that every page and endpoint, those of tomorrow too, is closed to it without being asked.
            Context.Features.Set(new LockedSession(id, open.User.Id, open.User.Person, open.User.UserName!, open.Session.LockedAt ?? open.Session.SeenAt));
            return AuthenticateResult.NoResult();
        }
        Context.Features.Set(actor);
        // A page that asks by itself is nobody at work: the session of an officer who went away ends all the same.
        if (!AsksByItself.Is(Context) && now - open.Session.SeenAt >= SignInLimits.SeenEvery) await seen.Note(id, now, cancel);
        return AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(actor), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<LockedSession>() is not null)
        {
            if (ForMachines) return new ScreenLocked().ToProblem(Context).ExecuteAsync(Context);
            Response.Redirect(LocalUrl.With(LockRoutes.Page, "returnUrl", HttpMethods.IsGet(Request.Method) ? Request.Path + Request.QueryString : null));
            return Task.CompletedTask;
        }
        if (ForMachines) Response.StatusCode = StatusCodes.Status401Unauthorized;
        else Response.Redirect(LocalUrl.With("/sign-in", "returnUrl", Request.Path + (HttpMethods.IsGet(Request.Method) ? Request.QueryString : default)));
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (ForMachines) Response.StatusCode = StatusCodes.Status403Forbidden;
        else Response.Redirect(Context.Features.Get<Actor>() is { Enrolling: true } ? "/activate/second-factor" : "/forbidden");
        return Task.CompletedTask;
    }

    private bool ForMachines => Request.Path.StartsWithSegments("/api")
        || Request.Headers.Accept.ToString() is var accept && (accept.StartsWith("application/json", StringComparison.Ordinal) || accept.StartsWith("text/event-stream", StringComparison.Ordinal));

    // Antiforgery tokens are bound to the name identifier: one made before signing in, or for somebody else, is no good after it.
    private static ClaimsPrincipal PrincipalOf(Actor actor) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, actor.Session!.Value.ToString()), new Claim(ClaimTypes.Name, actor.Name)], Name));
}

/// <summary>Notes that a session is in use, apart from whatever the request will do or not do.</summary>
internal sealed class SeenSessions(IServiceScopeFactory scopes)
{
    public async Task Note(SessionId id, DateTime now, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        var session = await db.Set<Session>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancel);
        if (session is null || now - session.SeenAt < SignInLimits.SeenEvery) return;
        session.SeenAt = now;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (Exception lost) when (Collision.Of(lost, db) is not null)
        {
            // Another request of the same browser noted it, or ended the session.
        }
    }
}
