using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Tests.Support;

/// <summary>
/// A world with two branches, MG Road and Fort, each with a vault of twenty lockers, and officers at MG Road; at Fort there is a manager.
/// Everybody has an account, so everything an officer is refused stands in the log.
/// </summary>
public class TwoBranches<TEngine> : World<TEngine> where TEngine : IEngine
{
    public const string Zone = "Asia/Kolkata";
    private static readonly AuditKind SetUp = new("test.set-up", "Set up");
    private int people;

    public BranchId MgRoad { get; private set; }

    public BranchId Fort { get; private set; }

    public IReadOnlyList<LockerId> Lockers { get; private set; } = [];

    public LockerId LockerAtFort { get; private set; }

    public Actor Clerk { get; private set; } = null!;

    public Actor Manager { get; private set; } = null!;

    public Actor Custodian { get; private set; } = null!;

    public Actor ManagerOfFort { get; private set; } = null!;

    public Actor Auditor { get; private set; } = null!;

    protected override async Task Prepare()
    {
        await In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            var type = new LockerType { Id = act.NewId<Noun.LockerType>(), Code = "A", SizeClass = SizeClass.S, Height = 114, Width = 130, Depth = 517 };
            db.Add(type);
            (MgRoad, Lockers) = AddBranch(db, act, "001", "MG Road", type.Id);
            (Fort, var atFort) = AddBranch(db, act, "002", "Fort", type.Id);
            LockerAtFort = atFort[0];
            db.Append(act, new Event(SetUp));
            return await db.SaveChangesAsync();
        });
        Clerk = await Officer("Meera Iyer", Role.CounterOfficer, MgRoad);
        Manager = await Officer("Arjun Shah", Role.Manager, MgRoad);
        Custodian = await Officer("Kabir Das", Role.Custodian, MgRoad);
        ManagerOfFort = await Officer("Nisha Rao", Role.Manager, Fort);
        Auditor = await Officer("Tara Bose", Role.Auditor, null);
    }

    /// <summary>Calls a handler as an officer's request would: with an idempotency key and the version that the officer saw.</summary>
    public Task<T> By<THandler, T>(Actor actor, Func<THandler, Task<T>> call, long? version = null, string? key = null) where THandler : notnull =>
        In(async services =>
        {
            var http = new DefaultHttpContext { RequestServices = services };
            if (key is not null) http.Request.Headers[RequestMark.KeyHeader] = key;
            if (version is { } seen) http.Request.Headers.IfMatch = string.Create(CultureInfo.InvariantCulture, $"\"{seen}\"");
            services.GetRequiredService<IHttpContextAccessor>().HttpContext = http;
            return await call(services.GetRequiredService<THandler>());
        }, actor);

    /// <summary>A person in good order: identified until 2028, reached by e-mail and mobile unless told otherwise.</summary>
    public Task<PersonId> Person(string name, string? email = "", string? mobile = null, DateOnly? review = null, bool identified = true) => In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var made = await db.Register(Act(services), new NewPerson
        {
            Name = name,
            Email = email is "" ? $"p{Interlocked.Increment(ref people)}@example.in" : email,
            Mobile = mobile,
            DueDiligenceReviewOn = identified ? review ?? new DateOnly(2028, 1, 1) : null,
        }, default);
        made.Refused(out var refusal, out var id).ShouldBeFalse(refusal?.Title);
        await db.SaveChangesAsync();
        return id;
    });

    public async Task<Actor> Officer(string name, Role role, BranchId? branch)
    {
        var person = await Person(name);
        await In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            var officer = new Officer { Id = act.NewId<Noun.Officer>(), Person = person, StaffNumber = $"S{Interlocked.Increment(ref people)}" };
            db.Add(officer);
            db.Add(new Posting { Id = act.NewId<Noun.Posting>(), Officer = officer.Id, Branch = branch, Role = role, From = new DateOnly(2026, 1, 1), RecertifyBy = DateOnly.MaxValue, LapsesOn = DateOnly.MaxValue });
            db.Append(act, new Event(SetUp).About(person));
            return await db.SaveChangesAsync();
        });
        return new Actor
        {
            Person = person,
            User = person.Value,
            Name = name,
            Grants = [new RoleGrant(role.ToString(), branch, Rights.Of(role))],
            Address = "192.0.2.7",
        };
    }

    /// <summary>Adds rows that no handler makes yet.</summary>
    public Task Add(Func<Act, IEnumerable<object>> rows) => In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var act = Act(services);
        db.AddRange(rows(act));
        db.Append(act, new Event(SetUp));
        return await db.SaveChangesAsync();
    });

    public Act Act(IServiceProvider services) => services.GetRequiredService<SystemActs>().At(Clock.UtcNow());

    /// <summary>The kinds of events in the timeline of something, oldest first.</summary>
    public Task<List<string>> Timeline<TNoun>(Id<TNoun> id) where TNoun : INoun => Read(db =>
        (from subject in db.Set<AuditSubject>()
         join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
         where subject.Kind == Subject.KindOf<TNoun>() && subject.Id == id.Value && happened.Kind != SetUp.Name
         orderby happened.At, happened.Id
         select happened.Kind).ToListAsync());

    private static (BranchId, IReadOnlyList<LockerId>) AddBranch(StrongroomDb db, Act act, string code, string name, LockerTypeId type)
    {
        var branch = new Branch
        {
            Id = act.NewId<Noun.Branch>(),
            Code = code,
            Name = name,
            Zone = Zone,
            Jurisdiction = "IN",
            LocationClass = LocationClass.Metro,
            Hours = "",
        };
        var vault = new Vault { Id = act.NewId<Noun.Vault>(), Branch = branch.Id, Name = "Vault 1", PartyLimit = 3 };
        var cabinet = new Cabinet { Id = act.NewId<Noun.Cabinet>(), Vault = vault.Id, Name = "A" };
        var lockers = Enumerable.Range(1, 20).Select(number => new Locker
        {
            Id = act.NewId<Noun.Locker>(),
            Branch = branch.Id,
            Cabinet = cabinet.Id,
            Type = type,
            Number = number.ToString(CultureInfo.InvariantCulture),
            Lock = LockKind.Mechanical,
            Condition = LockerCondition.InService,
            Row = (number - 1) / 5 + 1,
            Column = (number - 1) % 5 + 1,
        }).ToList();
        db.AddRange([branch, vault, cabinet, .. lockers]);
        return (branch.Id, lockers.ConvertAll(locker => locker.Id));
    }
}
