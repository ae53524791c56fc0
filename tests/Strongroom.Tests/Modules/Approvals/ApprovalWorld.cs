using System.Data.Common;
using System.Linq.Expressions;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

public sealed record TestPayload(string What, int Amount);

/// <summary>An act of no module, which its maker carries out when others have approved it.</summary>
internal sealed class TestAct(TestRows rows) : IApprovedAct<TestPayload>
{
    // Before the kind, which names it.
    internal static readonly AuditKind Counted = new("test.counted", "Counted");

    public static ApprovalKind Kind { get; } = new("test.later", "Do it later", "staff.write", "staff.read", "staff.write", [new(Counted, TimeSpan.FromDays(1), "counted it today")]);

    public Task<IReadOnlyList<BoundRow>> Bound(TestPayload payload, CancellationToken cancel) => Task.FromResult<IReadOnlyList<BoundRow>>([new($"test:{payload.What}", rows.VersionOf(payload.What))]);
}

/// <summary>Rows that a request leans on, with the versions that a test gives them.</summary>
internal sealed class TestRows
{
    private readonly Dictionary<string, long> versions = [];

    public long VersionOf(string what) => versions.GetValueOrDefault(what);

    public void Change(string what) => versions[what] = VersionOf(what) + 1;
}

/// <summary>Counts what the database is asked.</summary>
internal sealed class CountedQueries : DbCommandInterceptor
{
    private int count;

    public int Count => count;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref count);
        return new(result);
    }
}

/// <summary>The small bank with three administrators, so that nobody decides alone.</summary>
public sealed class ApprovalWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private int officers, things;

    public Player Second { get; private set; } = null!;

    public Player Third { get; private set; } = null!;

    public Player Maker => Bank.Admin;

    public DateOnly Today => Lab.Now.DateIn("Asia/Kolkata");

    internal CountedQueries Queries { get; } = new();

    internal TestRows Rows => App.Services.GetRequiredService<TestRows>();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton(Queries).AddSingleton<IInterceptor>(Queries).AddSingleton<TestRows>().AddApproved<TestAct, TestPayload>();

    protected override async Task Prepare()
    {
        await base.Prepare();
        Second = await Enlist("Nandini Rao", "admin2", Role.Admin);
        Third = await Enlist("Suresh Patil", "admin3", Role.Admin);
    }

    public async Task<Player> Enlist(string name, string userName, Role role)
    {
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new(name, userName, $"X-{userName}", role, null), default));
        return await Joining.Activate(Lab, enlisted.Person, name, enlisted.Invitation);
    }

    /// <summary>Somebody without a role yet.</summary>
    internal Task<OfficerAdded> NewOfficer() =>
        Lab.Do<AddOfficer, OfficerAdded>(Maker.Person, slice => slice.Handle(new(null, new() { Name = $"Officer {++officers}" }, $"N-{officers}"), default));

    /// <summary>The maker asks that an officer be posted from today on; it waits.</summary>
    internal async Task<ApprovalId> AskToPost(OfficerId officer, Role role = Role.Custodian, DateOnly? until = null)
    {
        var posted = await Lab.Do<PostOfficer, OfficerPosted>(Maker.Person, slice => slice.Handle(officer, new(Bank.Branch, role, Today, until), default));
        posted.Id.ShouldBeNull("nothing is done yet");
        return posted.Approval!.Value;
    }

    internal Task<Outcome<T>> As<THandler, T>(Player player, Func<THandler, Task<Outcome<T>>> act) where THandler : notnull =>
        Lab.As(player.Person, services => act(services.GetRequiredService<THandler>()));

    /// <summary>Reads, signs, approves; what was refused on the way comes back.</summary>
    internal Task<Outcome<RequestApproved>> TryApprove(Player by, ApprovalId id) => Lab.TryApprove(by, id);

    internal Task<ApprovalDetail> Detail(ApprovalId id, Player? by = null) => Lab.RequestOf(by ?? Maker, id);

    internal async Task<ApprovalState> StateOf(ApprovalId id) => (await Detail(id)).Line.State;

    public Task<List<Role>> RolesOf(OfficerId officer) => Lab.Read(db => db.PostingFacts().Where(row => row.Officer == officer).Select(row => row.Role).ToListAsync());

    /// <summary>The maker asks for the act of no module.</summary>
    internal Task<Outcome<ApprovalId>> AskLater(TestPayload payload, int needed, PersonId? about = null, Player? by = null) => Acting<ApprovalId>(by ?? Maker, async (act, book, cancel) =>
        await book.Ask<TestAct, TestPayload>(act, new(payload, new($"Do {payload.What}", [new("Amount", $"{payload.Amount}")]), null, about is { } person ? [person] : [], needed, TimeSpan.FromDays(2)), cancel));

    /// <summary>Another one each time.</summary>
    internal TestPayload NewPayload() => new($"thing {++things}", 5);

    /// <summary>A new request for the act of no module.</summary>
    internal Task<ApprovalId> Asked(int needed, PersonId? about = null, Player? by = null) => AskLater(NewPayload(), needed, about, by).Fine();

    internal Task<List<string>> KindsOf(ApprovalId id) => Events(id, row => row.Kind);

    internal async Task<IEnumerable<string>> BodiesOf(ApprovalId id) => (await Events(id, row => row.Body)).Select(Encoding.UTF8.GetString);

    internal Task<Outcome<UsedApproval>> UseLater(Player by, ApprovalId id, TestPayload payload) => Acting<UsedApproval>(by, (act, book, cancel) => book.Use<TestAct, TestPayload>(act, id, payload, cancel));

    public static Dictionary<string, JsonElement> Values(params (string Name, int Value)[] values) => values.ToDictionary(one => one.Name, one => JsonSerializer.SerializeToElement(one.Value));

    private Task<Outcome<T>> Acting<T>(Player by, Func<Act, ApprovalBook, CancellationToken, Task<Outcome<T>>> act) => Lab.As(by.Person, services =>
        services.GetRequiredService<Strongroom.Data.Write>().Do<T>("test.acting", by.UserName, one => act(one, services.GetRequiredService<ApprovalBook>(), default), default));

    private Task<List<T>> Events<T>(ApprovalId id, Expression<Func<AuditEvent, T>> what) => Read(db => (
        from subject in db.Set<AuditSubject>()
        join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
        where subject.Kind == "approval" && subject.Id == id.Value && happened.Kind != AuditKinds.Refused.Name
        orderby happened.At, happened.Id
        select happened).Select(what).ToListAsync());
}
