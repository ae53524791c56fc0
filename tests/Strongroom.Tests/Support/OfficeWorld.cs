using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Tests.Support;

/// <summary>
/// A bank as head office sets it up, through the same slices: the branches MG Road and Fort with a vault each, a cabinet of six lockers
/// at MG Road, and officers. Each call stands for one request.
/// </summary>
public class OfficeWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    private int staff;

    public BranchId MgRoad { get; private set; }

    public BranchId Fort { get; private set; }

    public VaultId Vault { get; private set; }

    public VaultId VaultAtFort { get; private set; }

    public CabinetId Cabinet { get; private set; }

    public LockerTypeId TypeA { get; private set; }

    public IReadOnlyList<LockerId> Lockers { get; private set; } = [];

    public Actor Admin { get; private set; } = null!;

    public Actor Manager { get; private set; } = null!;

    public Actor Custodian { get; private set; } = null!;

    public Actor SecondCustodian { get; private set; } = null!;

    public Actor Counter { get; private set; } = null!;

    public Actor ManagerOfFort { get; private set; } = null!;

    public DateOnly Today => Clock.UtcNow().DateIn("Asia/Kolkata");

    protected override async Task Prepare()
    {
        MgRoad = (await By(Actor.System, (OpenBranch open) => open.Handle(new("001", "MG Road", "Asia/Kolkata", "IN", LocationClass.Metro), default)).Fine()).Id;
        Fort = (await By(Actor.System, (OpenBranch open) => open.Handle(new("002", "Fort", "Asia/Kolkata", "IN", LocationClass.Metro), default)).Fine()).Id;
        Vault = (await By(Actor.System, (AddVault add) => add.Handle(MgRoad, new("Vault 1", 3), default)).Fine()).Id;
        VaultAtFort = (await By(Actor.System, (AddVault add) => add.Handle(Fort, new("Vault 1", 3), default)).Fine()).Id;
        Cabinet = (await By(Actor.System, (AddCabinet add) => add.Handle(Vault, new("North wall", null, null), default)).Fine()).Id;
        TypeA = (await By(Actor.System, (AddLockerType add) => add.Handle(new("A", SizeClass.S, 114, 130, 517), default)).Fine()).Id;
        Lockers = (await By(Actor.System, (AddLockers add) => add.Handle(Cabinet, new(TypeA, LockKind.Mechanical, "101", 6, 1, 1, 3), default)).Fine()).Ids;
        Admin = await Officer("Anil Mehta", Role.Admin, null);
        Manager = await Officer("Arjun Shah", Role.Manager, "001");
        Custodian = await Officer("Kabir Das", Role.Custodian, "001");
        SecondCustodian = await Officer("Leela Menon", Role.Custodian, "001");
        Counter = await Officer("Meera Iyer", Role.CounterOfficer, "001");
        ManagerOfFort = await Officer("Nisha Rao", Role.Manager, "002");
    }

    /// <summary>Enters an officer as the command line does, and returns them as their next request would find them.</summary>
    public async Task<Actor> Officer(string name, Role role, string? branch)
    {
        var number = Interlocked.Increment(ref staff).ToString("000", CultureInfo.InvariantCulture);
        var enlisted = await By(Actor.System, (EnlistOfficer enlist) => enlist.Handle(new(name, $"officer.{number}", $"S-{number}", role, branch), default)).Fine();
        return await SignedIn(enlisted.Person, name);
    }

    /// <summary>The person with the roles of this moment.</summary>
    public async Task<Actor> SignedIn(PersonId person, string name = "") => new()
    {
        Person = person,
        User = person.Value,
        Name = name,
        Grants = [.. (await In(async services =>
        {
            var grants = new List<RoleGrant>();
            foreach (var source in services.GetServices<IRoleSource>()) grants.AddRange(await source.GrantsOf(person, Clock.UtcNow(), default));
            return grants;
        }))],
        Address = "192.0.2.7",
    };

    /// <summary>Calls a handler as a request would: by an actor, with the version that was read and an idempotency key.</summary>
    public Task<T> By<THandler, T>(Actor actor, Func<THandler, Task<T>> call, long? version = null, string? key = null) where THandler : notnull =>
        In(async services =>
        {
            var http = new DefaultHttpContext { RequestServices = services };
            if (key is not null) http.Request.Headers[RequestMark.KeyHeader] = key;
            if (version is { } seen) http.Request.Headers.IfMatch = string.Create(CultureInfo.InvariantCulture, $"\"{seen}\"");
            services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
            return await call(services.GetRequiredService<THandler>());
        }, actor);

    public Task<long> VersionOf<TRow>(System.Linq.Expressions.Expression<Func<TRow, bool>> which) where TRow : class, IVersioned =>
        Read(db => db.Set<TRow>().Where(which).Select(row => row.Version).SingleAsync());

    public Act Act(IServiceProvider services, Actor? actor = null) => new(
        actor ?? Actor.System, Clock.UtcNow(), services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());

    /// <summary>The newest event about something, as its canonical text.</summary>
    public async Task<string> LastEvent<TNoun>(Id<TNoun> about) where TNoun : INoun => System.Text.Encoding.UTF8.GetString(await Read(db =>
        (from subject in db.Set<AuditSubject>()
         join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
         where subject.Kind == Subject.KindOf<TNoun>() && subject.Id == about.Value
         orderby happened.At descending, happened.Id descending
         select happened.Body).FirstAsync()));
}
