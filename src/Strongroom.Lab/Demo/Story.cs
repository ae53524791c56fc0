using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// A bank of three branches of different kinds and what happened there in some weeks, made by the server's own handlers: the head branch by hand, the
/// semi-urban one by an import of its spreadsheets, the village's small and quiet. The same seed and day make the same bank.
/// </summary>
internal sealed class Story
{
    private const int Faces = 30;

    private readonly LabBank lab;
    private readonly Agenda agenda;
    private readonly Telling telling;
    private readonly DateOnly start;
    private readonly IReadOnlyList<byte[]> faces;
    private readonly People people;
    private readonly List<(string Heading, IReadOnlyList<Player> Players)> players = [];
    private readonly List<(DemoBranch Branch, Visiting Visiting)> open = [];

    private Story(LabBank lab, VirtualClock clock, Telling telling)
    {
        (this.lab, this.telling) = (lab, telling);
        agenda = new(clock, BranchPlans.Zone);
        start = agenda.Today;
        faces = Portrait.Some(Faces, telling.Seed);
        people = new(Luck(1));
    }

    /// <summary>Who can sign in, under the heading where they work.</summary>
    public IReadOnlyList<(string Heading, IReadOnlyList<Player> Players)> Players => players;

    public IReadOnlyList<DemoBranch> Branches => [.. open.Select(one => one.Branch)];

    /// <summary>Sets the bank up as of now.</summary>
    /// <param name="register">The folder that the old register of the second branch is written to, for a visitor to look at.</param>
    public static async Task<Story> Begin(LabBank lab, VirtualClock clock, Telling telling, string register)
    {
        var story = new Story(lab, clock, telling);
        var admin = await Demo.Branches.EnlistFirst(lab, "Kavita Menon", "admin");
        var branches = new Branches(lab, admin);
        var incidents = new Incidents(story.agenda, story.start, story.Luck(2), branches, story.faces);

        var (metro, asha) = await story.OpenMetro(branches, incidents);
        var moved = await story.MoveIn(branches, incidents, register);
        var rural = await story.OpenRural(branches, incidents);
        foreach (var (branch, day) in new[] { (metro, 11), (moved, 11), (rural, 18) }) await incidents.Holiday(branch, day, "Local festival");
        incidents.Duplicates(metro, moved);

        var auditor = await branches.Enlist("Joseph Thomas", "auditor", Role.Auditor);
        // From here on what one administrator gives or decides waits for the other.
        var second = await branches.Enlist("Nandini Rao", "admin2", Role.Admin);
        story.players.Add(("Head office", [admin, second, auditor]));
        foreach (var branch in story.Branches) story.players.Add((branch.Plan.Name, branch.Officers));
        story.players.Add(("Account holders", asha));
        return story;
    }

    /// <summary>Day after day; nobody is left inside.</summary>
    /// <param name="passed">Told the date at each act.</param>
    public Task Play(Action<DateOnly> passed, CancellationToken cancel) => QuickPasswords.While(lab, async () =>
    {
        for (var date = start; date < telling.Before; date = date.AddDays(1))
        {
            if (date.DayOfWeek == DayOfWeek.Monday) agenda.At(date, new(8, 0), TakeTurns);
            foreach (var (_, visiting) in open) visiting.PlanDay(date);
        }
        await agenda.Run(telling.Before, passed, cancel);
    });

    /// <summary>What a visitor finds waiting for the second administrator: messages that stop an hour earlier.</summary>
    public Task AskForAPolicy() => lab.Do<SetPolicy, PolicySet>(players[0].Players[0].Person, slice => slice.Handle(
        nameof(ContactPolicy), new("IN", lab.Now.DateIn("UTC"), new Dictionary<string, JsonElement> { ["quietFrom"] = JsonSerializer.SerializeToElement(20) }), default));

    private Task TakeTurns()
    {
        foreach (var branch in Branches) branch.TakeTurns();
        return Task.CompletedTask;
    }

    private Chance Luck(int subject) => new(telling.Seed * 100 + subject);

    private async Task<(DemoBranch, IReadOnlyList<Player>)> OpenMetro(Branches branches, Incidents incidents)
    {
        var branch = await branches.Open(BranchPlans.Metro);
        branch.Staff(
            await branches.Enlist("Meera Iyer", "manager", Role.Manager, branch.Plan), await branches.Enlist("Ravi Kulkarni", "custodian", Role.Custodian, branch.Plan),
            await branches.Enlist("Lata Nair", "custodian2", Role.Custodian, branch.Plan), await branches.Enlist("Imran Shaikh", "counter", Role.CounterOfficer, branch.Plan));
        await Demo.Branches.EnterGuardKeys(branch);
        await branches.KeepUp(branch, start);

        var hiring = new Hiring(branch, people, Luck(3), faces);
        var lockers = await lab.Read(db => db.LockerFacts().Where(row => row.Branch == branch.Branch).ToDictionaryAsync(row => row.Number));
        var asha = await Let("Asha Rao", "101");
        var held = await Let("Dinesh Bhat", "114");
        var careful = await Let("Farida Khan", "120");
        await hiring.LetMost(telling.Share, "101", "114", "120");
        await hiring.AppointAgents();

        var visiting = Begin(branch, 4);
        var holders = new[] { await Online(asha, "Asha Rao", "asha"), await Online(careful, "Farida Khan", "farida") };
        incidents.AtMetro(branch, visiting, asha, held, holders[1]);
        new CounterIncidents(branch, agenda, start).Plan();
        return (branch, holders);

        async Task<Letting> Let(string name, string number)
        {
            var hirer = await hiring.Register(people.One(name, start, start.AddYears(2), email: true), photographed: true);
            var letting = await hiring.Let(lockers[number], [hirer], Mandate.Single, visits: 0);
            await hiring.Nominate(letting.Agreement, name.Split(' ')[1]);
            return letting;
        }

        Task<Player> Online(Letting letting, string name, string userName) => Joining.OpenAccess(lab, branch.Manager, letting.Hirers[0], name, userName);
    }

    private async Task<DemoBranch> MoveIn(Branches branches, Incidents incidents, string register)
    {
        new OldRegister(Luck(5), people, start).Write(register);
        var moving = new MovingIn(lab, branches.Admin, Luck(6));
        var branch = await moving.Import(register);
        branch.Staff(
            await branches.Enlist("Anita Phadke", "wai.manager", Role.Manager, branch.Plan), await branches.Enlist("Bharat Pawar", "wai.custodian", Role.Custodian, branch.Plan),
            atCounter: await branches.Enlist("Chitra Bose", "wai.counter", Role.CounterOfficer, branch.Plan));
        await Demo.Branches.EnterGuardKeys(branch);
        await branches.KeepUp(branch, start);
        Begin(branch, 7);
        incidents.AtSemiUrban(branch, moving);
        return branch;
    }

    private async Task<DemoBranch> OpenRural(Branches branches, Incidents incidents)
    {
        var branch = await branches.Open(BranchPlans.Rural);
        branch.Staff(await branches.Enlist("Ganesh Thakur", "tam.manager", Role.Manager, branch.Plan), await branches.Enlist("Usha Gaikwad", "tam.custodian", Role.Custodian, branch.Plan));
        await Demo.Branches.EnterGuardKeys(branch);
        await branches.KeepUp(branch, start);
        await new Hiring(branch, people, Luck(8), faces).LetMost(telling.Share);
        incidents.AtRural(branch, Begin(branch, 9), people);
        return branch;
    }

    private Visiting Begin(DemoBranch branch, int subject)
    {
        var visiting = new Visiting(branch, agenda, Luck(subject), faces);
        open.Add((branch, visiting));
        return visiting;
    }
}
