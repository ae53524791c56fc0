using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>What goes wrong at the vault is recorded, told and seen to.</summary>
public abstract class OccurrenceTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_door_found_open_is_recorded_only_when_it_is_shut_and_stands_in_the_lockers_story()
    {
        var hire = await world.NewHire();

        (await Refused(Bank.Custodian, new(OccurrenceKind.DoorFoundOpen, hire.Number, null, "Open by a hand's breadth"))).ShouldBe("access.door-still-open");
        (await Refused(Bank.Custodian, new(OccurrenceKind.DoorFoundOpen, null, null, "Open", DoorShut: true))).ShouldBe("access.which-locker");
        (await Refused(Bank.Custodian, new(OccurrenceKind.DoorFoundOpen, "no such", null, "Open", DoorShut: true))).ShouldBe("access.which-locker");
        await Note(Bank.Custodian, new(OccurrenceKind.DoorFoundOpen, hire.Number, null, "Shut it before Imran's eyes, tried it", DoorShut: true));

        var story = await world.Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 5, default));
        story.Take(2).Select(happened => happened.Kind).ShouldBe(["contact.obligation-raised", "access.occurrence-noted"], ignoreOrder: true);
        story.Single(happened => happened.Kind == "access.occurrence-noted").Data["kind"].ShouldBe("DoorFoundOpen");
    }

    [Fact]
    public async Task A_door_that_is_open_in_a_visit_is_no_door_found_open()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        var alone = await Bank.LeaveAlone(admission.Id, admission.Version);

        (await Refused(Bank.Custodian, new(OccurrenceKind.DoorFoundOpen, hire.Number, null, "Open", DoorShut: true))).ShouldBe("access.door-of-visit");

        await Bank.CheckOut(await Bank.LockUp(alone));
    }

    [Fact]
    public async Task The_manager_sees_to_it_once_and_never_to_what_they_noted_themselves()
    {
        var noted = await Note(Bank.Custodian, new(OccurrenceKind.PowerLost, null, null, "From 11:10 to 11:25"));
        (await SeeTo(Bank.CounterOfficer, noted)).ShouldBe("not-found");
        (await SeeTo(Bank.Manager, noted)).ShouldBeNull();
        (await SeeTo(Bank.Manager, noted)).ShouldBe("access.occurrence-seen-already");
        (await SeeTo(Bank.Manager, await Note(Bank.Manager, new(OccurrenceKind.Other, null, null, "A stranger asked for the vault")))).ShouldBe("access.noted-by-yourself");
    }

    [Fact]
    public async Task Somebody_inside_for_long_is_noticed_once_and_by_the_policys_minutes()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        var alone = await Bank.LeaveAlone(admission.Id, admission.Version);
        world.Clock.Advance(TimeSpan.FromMinutes(29));
        await Look();
        (await Noticed(admission.Id)).ShouldBe(0);

        world.Clock.Advance(TimeSpan.FromMinutes(2));
        await Look();
        await Look();

        (await Noticed(admission.Id)).ShouldBe(1);
        using var desk = await world.SignIn(Bank.Custodian);
        (await desk.GetStringAsync("/desk")).ShouldContain("inside for long");
        await Bank.CheckOut(await Bank.LockUp(alone));
    }

    [Fact]
    public async Task On_the_page_an_officer_records_and_the_manager_answers()
    {
        using var desk = await world.SignIn(Bank.CounterOfficer);
        var note = "A customer slipped at the grille " + Guid.NewGuid().ToString("N")[..6];
        (await desk.PostForm("/desk/occurrences", "note", ("Input.Kind", "HirerUnwell"), ("Input.Words", note))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        (await desk.GetStringAsync("/desk/occurrences")).ShouldContain(note);

        using var manager = await world.SignIn(Bank.Manager);
        var id = await world.Read(db => db.Set<Occurrence>().Where(row => row.Kind == OccurrenceKind.HirerUnwell).Select(row => row.Id).SingleAsync());
        (await manager.PostForm($"/desk/occurrences?see={id}", "see", ("Answer.Words", "Family called, went home well"))).StatusCode.ShouldBe(System.Net.HttpStatusCode.Redirect);
        (await manager.GetStringAsync("/desk/occurrences")).ShouldNotContain(note);
        (await manager.GetStringAsync("/desk/occurrences?all=true")).ShouldContain("Family called");
    }

    private Task<int> Noticed(VisitId visit) => world.Read(db => db.Set<Occurrence>().CountAsync(row => row.Visit == visit && row.Kind == OccurrenceKind.LongInside));

    private Task Look() => world.In(async services =>
    {
        await services.GetRequiredService<NoteLongVisits>().Run(world.Lab.Now, default);
        return 0;
    });

    private async Task<OccurrenceId> Note(Player officer, NoteOccurrenceRequest request) =>
        (await world.Lab.Do<NoteOccurrence, OccurrenceNoted>(officer.Person, slice => slice.Handle(Bank.Branch, request, default))).Id;

    private Task<string?> Refused(Player officer, NoteOccurrenceRequest request) =>
        world.Lab.As(officer.Person, async services => (await services.GetRequiredService<NoteOccurrence>().Handle(Bank.Branch, request, default)).Refusal?.Code);

    private Task<string?> SeeTo(Player officer, OccurrenceId id) =>
        world.Lab.As(officer.Person, async services => (await services.GetRequiredService<SeeToOccurrence>().Handle(id, new("Looked into it"), default)).Refusal?.Code);
}

public sealed class Occurrences_on_sqlite(OpenDayWorld<Sqlite> world) : OccurrenceTests<Sqlite>(world);

public sealed class Occurrences_on_postgres(OpenDayWorld<Postgres> world) : OccurrenceTests<Postgres>(world);
