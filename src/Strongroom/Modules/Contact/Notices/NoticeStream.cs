using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web;
using Strongroom.Web.Live;

namespace Strongroom.Modules.Contact.Notices;

/// <summary>
/// Server-Sent Events for the head of the page: the number of unread notices and that of requests that wait for the reader's approval, whenever one changed, and nothing
/// else: what is new is read on the page. One line for both: a browser has few. Within this process the bell rings after the commit; what another node wrote is found by
/// asking every few seconds. When the session is over or locked it says so and ends.
/// </summary>
internal static class NoticeStream
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // Proxies close what is silent for a minute.
    private const int LooksToHeartbeat = 4;

    public static void Map(WebApplication app) => app.MapGet("/notices/stream", Send).RequireAuthorization(RightPolicies.SignedIn).WithMetadata(new AsksByItself()).ExcludeFromDescription();

    private static async Task Send(
        HttpContext http, CurrentActor current, Bell<PersonId> bell, Bell<Subject> log, SessionWatch sessions, IServiceScopeFactory scopes, IHostApplicationLifetime host)
    {
        var actor = current.Now;
        using var stream = new EventStream(http, host);
        // Listens before it counts: what is committed in between rings.
        using var ear = bell.Listen(actor.Person!.Value);
        using var end = log.Listen(SessionWatch.Of(actor));
        using var asked = log.Listen(Subject.Any<Noun.Approval>());
        try
        {
            var (said, saidWaiting, silent) = (-1, 0, 0);
            var ending = end.Wait(Timeout.InfiniteTimeSpan, stream.Ended);
            var asking = asked.Wait(Timeout.InfiniteTimeSpan, stream.Ended);
            var waiting = await Waiting(scopes, actor, stream.Ended);
            while (true)
            {
                var unread = await Unread(scopes, actor, stream.Ended);
                if (unread != said)
                {
                    await stream.Say("unread", unread.ToString(CultureInfo.InvariantCulture));
                    (said, silent) = (unread, 0);
                }
                else if (++silent % LooksToHeartbeat == 0)
                {
                    await stream.Say("here");
                }
                if (waiting != saidWaiting)
                {
                    await stream.Say("approvals", waiting.ToString(CultureInfo.InvariantCulture));
                    saidWaiting = waiting;
                }
                await await Task.WhenAny(ear.Wait(Look, stream.Ended), ending, asking);
                if (ending.IsCompleted)
                {
                    if (await sessions.Again(actor, stream.Ended) is not { } again)
                    {
                        await stream.Say("over");
                        return;
                    }
                    // A role given or ended changes what waits for its holder.
                    (actor, waiting) = (again, await Waiting(scopes, again, stream.Ended));
                    ending = end.Wait(Timeout.InfiniteTimeSpan, stream.Ended);
                }
                if (asking.IsCompleted)
                {
                    asking = asked.Wait(Timeout.InfiniteTimeSpan, stream.Ended);
                    waiting = await Waiting(scopes, actor, stream.Ended);
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // A scope for each look: a stream that is open for minutes must not keep a connection.
    private static async Task<int> Unread(IServiceScopeFactory scopes, Actor reader, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<StrongroomDb>().NoticesOf(reader).CountAsync(row => row.ReadAt == null, cancel);
    }

    private static async Task<int> Waiting(IServiceScopeFactory scopes, Actor reader, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(reader);
        return await scope.ServiceProvider.GetRequiredService<ReadApprovals>().WaitingForMe(cancel);
    }
}
