using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Web.Live;

namespace Strongroom.Web.Approving;

/// <summary>
/// What the inbox listens to: "changed" when a request that this reader may read was made, decided or ended, "here" every few seconds, "over" when the session is. Of
/// requests that are not theirs it says nothing, not even that there are any.
/// </summary>
internal static class ApprovalStream
{
    public const string Path = "/desk/approvals/stream";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    public static void MapApprovalStream(this WebApplication app) =>
        app.MapGet(Path, Send).RequireAuthorization(ApprovalsRights.Read).WithMetadata(new AsksByItself()).ExcludeFromDescription();

    private static async Task Send(HttpContext http, CurrentActor current, Bell<Subject> bell, SessionWatch sessions, IServiceScopeFactory scopes, IHostApplicationLifetime host)
    {
        var (me, any) = (current.Now, Subject.Any<Noun.Approval>());
        using var stream = new EventStream(http, host);
        // Listens before it looks: who hears "here" misses nothing from then on.
        using var ear = bell.Listen([any, .. SessionWatch.Of(me)]);
        try
        {
            var standing = await Standing(scopes, me, stream.Ended);
            await stream.Say("here");
            while (true)
            {
                var heard = await ear.Wait(Heartbeat, stream.Ended);
                if (heard.Any(subject => subject != any))
                {
                    if (await sessions.Again(me, stream.Ended) is not { } again || !again.May(ApprovalsRights.Read))
                    {
                        await stream.Say("over");
                        return;
                    }
                    me = again;
                }
                var before = standing;
                if (heard.Count > 0) standing = await Standing(scopes, me, stream.Ended);
                await stream.Say(standing == before ? "here" : "changed");
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    // A scope for each look: a stream that is open for minutes must not keep a connection.
    private static async Task<string> Standing(IServiceScopeFactory scopes, Actor reader, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Become(reader);
        return await scope.ServiceProvider.GetRequiredService<ReadApprovals>().Standing(cancel);
    }
}
