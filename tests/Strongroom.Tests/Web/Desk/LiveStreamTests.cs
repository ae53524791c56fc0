using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;
using Strongroom.Web.Live;

namespace Strongroom.Tests.Web.Desk;

public abstract class LiveStreamTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    // What the machinery may take; a stream that says nothing at all fails the test instead of holding it up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_colleagues_board_hears_of_every_act_of_a_visit()
    {
        var hire = await Bank.LetTo("Lata Rao", 1);
        using var settled = await Settle();
        using var line = await Listen(Bank.Manager);

        var waiting = await Bank.CheckIn(hire);
        await line.Hears("changed");
        await Bank.Identify(waiting);
        await line.Hears("changed");
    }

    [Fact]
    public async Task Another_branchs_acts_are_not_heard()
    {
        using var settled = await Settle();
        using var desk = await world.SignIn(Bank.Manager);
        using var line = await Listen(desk);

        await Append(Subject.Of(Elsewhere));
        await Post(desk, "/sign-out");

        (await line.Next()).ShouldBe("over", "what happened at the other branch was not told");
    }

    [Fact]
    public async Task What_another_node_wrote_is_heard_within_seconds()
    {
        using var settled = await Settle();
        using var line = await Listen(Bank.Custodian);

        await AppendFromAnotherNode(Subject.Of(Bank.Branch));

        await line.Hears("changed");
    }

    [Fact]
    public async Task The_line_ends_when_its_session_does()
    {
        foreach (var end in new[] { "/sign-out", "/lock" })
        {
            using var desk = await world.SignIn(Bank.CounterOfficer);
            using var line = await Listen(desk);
            using var notices = await Listen(desk, "/notices/stream");

            await Post(desk, end);

            await line.Hears("over");
            await line.Ends();
            await notices.Hears("over");
            await notices.Ends();
        }
    }

    [Fact]
    public async Task The_line_ends_when_the_officer_is_posted_elsewhere()
    {
        using var desk = await world.SignIn(Bank.SecondCustodian);
        using var line = await Listen(desk);

        var posting = await world.Read(db =>
            (from row in db.Set<Posting>() join officer in db.Set<Officer>() on row.Officer equals officer.Id where officer.Person == Bank.SecondCustodian.Person select row.Id).SingleAsync());
        await world.Lab.Do<EndPosting, Done>(Bank.Admin.Person, slice => slice.Handle(posting, default));

        await line.Hears("over");
    }

    [Fact]
    public async Task Nobody_listens_to_a_branch_that_is_not_theirs()
    {
        using var desk = await world.SignIn(Bank.Manager);
        (await desk.GetAsync($"/desk/stream?branch={Elsewhere}", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = world.Client();
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/desk/stream?branch={Bank.Branch}") { Headers = { { "Accept", "text/event-stream" } } };
        (await stranger.SendAsync(asked, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static readonly BranchId Elsewhere = new(Guid.Parse("019a0000-0000-7000-8000-0000000000ff"));
    private static readonly AuditKind Test = new("test.moved", "Moved");

    /// <summary>
    /// A node that begins to listen rings once for everybody, because nobody knows what it missed. From when this returns, until it is disposed, that is over.
    /// </summary>
    private async Task<IDisposable> Settle()
    {
        var nobody = Subject.Of(new BranchId(Guid.Parse("019a0000-0000-7000-8000-0000000000fe")));
        var ear = world.App.Services.GetRequiredService<Bell<Subject>>().Listen(nobody);
        await AppendFromAnotherNode(nobody);
        (await ear.Wait(Patience, TestContext.Current.CancellationToken)).ShouldNotBeEmpty();
        return ear;
    }

    private async Task AppendFromAnotherNode(Subject about)
    {
        await using var elsewhere = TEngine.Open(world.App.Services.GetRequiredService<Settings>().ConnectionString);
        elsewhere.Append(await ActNow(), new Event(Test).About([about]));
        await elsewhere.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Post(HttpClient desk, string path)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await desk.WhoAmI()).CsrfToken)]);
        await desk.PostAsync(path, form, TestContext.Current.CancellationToken);
    }

    private Task<Act> ActNow() => world.In(services => Task.FromResult(services.GetRequiredService<SystemActs>().At(world.Clock.UtcNow())));

    private Task<int> Append(Subject about) => world.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        db.Append(await ActNow(), new Event(Test).About([about]));
        return await db.SaveChangesAsync();
    });

    private async Task<StreamLine> Listen(Player player) => await Listen(await world.SignIn(player));

    private async Task<StreamLine> Listen(HttpClient desk, string? path = null)
    {
        var line = await StreamLine.Open(desk, path ?? $"/desk/stream?branch={Bank.Branch}");
        if (path is null) (await line.Next()).ShouldBe("here");
        return line;
    }
}

public sealed class Live_stream_on_sqlite(OpenDayWorld<Sqlite> world) : LiveStreamTests<Sqlite>(world);

public sealed class Live_stream_on_postgres(OpenDayWorld<Postgres> world) : LiveStreamTests<Postgres>(world);
