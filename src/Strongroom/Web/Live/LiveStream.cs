using Strongroom.Modules.Access;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Web.Live;

/// <summary>
/// What the live screens of a branch listen to: "changed" when something happened there, "here" every few seconds, so that silence means that the line
/// is dead, and "over" when the session is. It says that something happened and never what: a page reads itself anew, under its own rights.
/// </summary>
internal static class LiveStream
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static string Of(BranchId branch) => $"/desk/stream?branch={branch}";

    public static void MapLive(this WebApplication app) =>
        app.MapGet("/desk/stream", Send).RequireAuthorization(AccessRights.Read).WithMetadata(new AsksByItself()).ExcludeFromDescription();

    private static async Task Send(Guid branch, HttpContext http, CurrentActor current, Bell<Subject> bell, SessionWatch sessions, IHostApplicationLifetime host)
    {
        var (me, place) = (current.Now, new BranchId(branch));
        if (!me.MayAt(AccessRights.Read, place))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        using var stream = new EventStream(http, host);
        // Listens before it speaks: who hears "here" misses nothing from then on.
        using var ear = bell.Listen([Subject.Of(place), .. SessionWatch.Of(me)]);
        try
        {
            await stream.Say("here");
            while (true)
            {
                var heard = await ear.Wait(Heartbeat, stream.Ended);
                if (heard.Any(subject => subject != Subject.Of(place)) && (await sessions.Again(me, stream.Ended))?.MayAt(AccessRights.Read, place) != true)
                {
                    await stream.Say("over");
                    return;
                }
                await stream.Say(heard.Contains(Subject.Of(place)) ? "changed" : "here");
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
