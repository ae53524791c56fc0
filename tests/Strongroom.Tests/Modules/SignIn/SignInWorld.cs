using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Customers;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

/// <summary>A world with persons who can sign in, and roles that a test gives and takes.</summary>
public class SignInWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    public const string Right = "test.sign";

    public GivenRoles Roles { get; } = new();

    public LabBank Lab { get; private set; } = null!;

    public BranchId Branch { get; } = new(Guid.Parse("00000000-0000-7000-8000-00000000000b"));

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IRoleSource>(Roles);

    protected override Task Prepare()
    {
        Lab = new LabBank(App, Clock, Clock.Advance);
        return Task.CompletedTask;
    }

    public async Task<PersonId> NewPerson(string name) => (await Lab.Do<RegisterPerson, PersonRegistered>(null, slice => slice.Handle(new() { Name = name }, default))).Id;

    public Task<Invitation> Invite(PersonId person, string userName) => Act(Actor.System, (db, act) => ActivationContract.Invite(db, act, person, userName, default));

    /// <summary>Somebody with a password and an authenticator app, as after their first day.</summary>
    public async Task<Player> NewUser(string userName)
    {
        var person = await NewPerson(userName);
        return await Joining.Activate(Lab, person, userName, await Invite(person, userName));
    }

    /// <summary>Somebody who may sign at the branch.</summary>
    public async Task<Player> NewOfficer(string userName)
    {
        var player = await NewUser(userName);
        Roles.Give(player.Person, new RoleGrant("Manager", Branch, new HashSet<string> { Right }));
        return player;
    }

    /// <summary>An act of a later module, in the write path.</summary>
    internal async Task<T> Act<T>(Actor actor, Func<StrongroomDb, Act, Task<Outcome<T>>> decide)
    {
        var outcome = await TryAct(actor, decide);
        return outcome.Refused(out var refusal, out var value) ? throw new InvalidOperationException($"{refusal.Code}: {refusal.Title}") : value;
    }

    internal Task<Outcome<T>> TryAct<T>(Actor actor, Func<StrongroomDb, Act, Task<Outcome<T>>> decide) => In(
        services => services.GetRequiredService<Write>().Do("test.act", "", act => decide(services.GetRequiredService<StrongroomDb>(), act), default), actor);

    public Actor ActorOf(Player player) => new() { Person = player.Person, User = player.Person.Value, Grants = [.. Roles.Of(player.Person)] };

    /// <summary>Kinds of the events in somebody's timeline, in order.</summary>
    public Task<List<string>> Timeline(PersonId person) => Read(db =>
        (from subject in db.Set<AuditSubject>()
         join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
         where subject.Kind == "person" && subject.Id == person.Value
         orderby happened.Id
         select happened.Kind).ToListAsync());

    public sealed class GivenRoles : IRoleSource
    {
        private readonly Dictionary<PersonId, List<RoleGrant>> given = [];

        public void Give(PersonId person, RoleGrant grant) => given[person] = [grant];

        public void GiveBoth(PersonId person, RoleGrant one, RoleGrant other) => given[person] = [one, other];

        public void Take(PersonId person) => given.Remove(person);

        public IReadOnlyList<RoleGrant> Of(PersonId person) => given.TryGetValue(person, out var grants) ? grants : [];

        public Task<IReadOnlyList<RoleGrant>> GrantsOf(PersonId person, DateTime now, CancellationToken cancel) => Task.FromResult(Of(person));

        public Task<IReadOnlyList<PersonId>> EverHolding(string right, CancellationToken cancel) => Task.FromResult<IReadOnlyList<PersonId>>([.. given.Keys]);
    }
}
