using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

/// <summary>R54 and R56: the hirers learn of a hold, unless they must not; and a visit that goes on ends safely.</summary>
public abstract class HoldToldTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_hold_and_its_end_are_each_told_by_message_and_notice()
    {
        var hire = await world.NewHire();

        var hold = await Place(hire, HoldKind.Arrears);
        await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, hold, new("Paid today"), default));

        (await Messages(hire)).ShouldBe(["hold-placed", "hold-lifted"]);
        var texts = await Texts(hire);
        texts[0].ShouldContain($"your locker {hire.Number}");
        texts[0].ShouldContain("The reason: rent that is due.");
        texts[1].ShouldContain("It was: rent that is due.");
        (await world.Read(db => db.ObligationFacts().Where(row => row.Agreement == hire.Agreement).Select(row => row.Kind).ToListAsync()))
            .ShouldBe([ObligationKind.HoldPlaced, ObligationKind.HoldLifted], ignoreOrder: true);
        (await world.Read(db => db.Set<PersonNotice>().Where(row => row.Person == hire.Hirer).Select(row => row.Kind).ToListAsync()))
            .ShouldBe([NoticeKind.HoldPlaced, NoticeKind.HoldLifted], ignoreOrder: true);
        using var phone = await world.SignIn(await Bank.OpenAccess(hire, $"held{hire.Number}"));
        (await phone.GetStringAsync("/account/notices")).ShouldContain($"Locker {hire.Number} is blocked: nobody is let in");
    }

    [Fact]
    public async Task It_is_told_in_the_hirers_language_with_words_for_every_kind_that_may_be_told()
    {
        var hire = await world.NewHire();
        await Bank.OpenAccess(hire, $"hindi{hire.Number}");
        await world.Lab.Do<ChooseLanguage, Done>(hire.Hirer, slice => slice.Handle(hire.Hirer, new("hi"), default));

        foreach (var rule in HoldRules.All.Where(rule => rule.Telling != Telling.Never && rule.Kind != HoldKind.Freeze)) await Place(hire, rule.Kind);

        var texts = await Texts(hire);
        texts.ShouldContain(text => text.Contains("न्यायालय का आदेश", StringComparison.Ordinal));
        texts.Count.ShouldBe(4);
        texts.ShouldAllBe(text => !text.Contains('{', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspicion_and_an_order_that_forbids_it_are_told_to_nobody()
    {
        var hire = await world.NewHire();

        var suspicion = await Place(hire, HoldKind.Suspicion);
        await Place(hire, HoldKind.Court, secret: true);
        await world.Lab.Do<LiftHold, HoldLifted>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, suspicion, new("Cleared up"), default));

        (await Messages(hire)).ShouldBeEmpty();
        (await world.Read(db => db.ObligationFacts().AnyAsync(row => row.Agreement == hire.Agreement))).ShouldBeFalse();
        (await world.Read(db => db.Set<PersonNotice>().AnyAsync(row => row.Person == hire.Hirer))).ShouldBeFalse();
    }

    [Fact]
    public async Task A_hold_placed_after_the_admission_shows_at_once_and_keeps_the_locker_shut()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Place(hire, HoldKind.Court);
        using var desk = await world.SignIn(Bank.Custodian);

        var page = await desk.GetStringAsync($"/desk/visits/{admission.Id}");
        page.ShouldContain("A hold is on this locker: court order");
        page.ShouldContain("Do not open the locker");
        (await Alone(admission.Id, admission.Version, openAlready: false)).ShouldBe("access.hold-since-admitted");

        await world.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(admission.Id, new(EndReason.Emergency, null), default), admission.Version);
        (await world.Read(db => db.VisitFacts().SingleAsync(row => row.Id == admission.Id))).State.ShouldBe(VisitState.Aborted);
        (await desk.GetStringAsync($"/desk/visits/{admission.Id}")).ShouldNotContain("A hold is on this locker");
    }

    [Fact]
    public async Task A_door_that_was_open_before_anybody_saw_the_hold_is_written_down_and_its_hirer_comes_out()
    {
        var hire = await world.NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Place(hire, HoldKind.Court, secret: true);

        (await Alone(admission.Id, admission.Version, openAlready: true)).ShouldBeNull();

        using var desk = await world.SignIn(Bank.Custodian);
        var page = await desk.GetStringAsync($"/desk/visits/{admission.Id}");
        page.ShouldContain("The hirer may finish");
        page.ShouldContain("The hirer must not learn why");
        var opened = (await world.Read(db => db.TimelineOf(Subject.Of(admission.Id), null, 10, default))).Single(one => one.Kind == "access.locker-opened");
        opened.Data["under-hold"].ShouldBe("yes");
        var alone = await world.Read(db => db.VisitFacts().SingleAsync(row => row.Id == admission.Id));
        await Bank.CheckOut(await Bank.LockUp(new(alone.Id, alone.State, alone.Version)));
        (await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)))).State.ShouldBe(VisitState.Refused);
    }

    private async Task<HoldId> Place(Hire hire, HoldKind kind, bool secret = false) => (await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person,
        slice => slice.Handle(hire.Agreement, new(kind, "canary of the reason", null, "Order 12 of 2026", secret), default))).Id;

    private Task<string?> Alone(VisitId visit, long version, bool openAlready) => world.Lab.As(Bank.Custodian.Person, async services =>
        (await services.GetRequiredService<LeaveAlone>().Handle(visit, new LeaveAloneRequest(openAlready), default)).Refusal?.Code, version);

    private Task<List<string>> Messages(Hire hire) => world.Read(db => db.Set<Message>().Where(row => row.To == hire.Hirer && row.Purpose.StartsWith("hold-")).OrderBy(row => row.MadeAt).ThenBy(row => row.Id).Select(row => row.Purpose).ToListAsync());

    private Task<List<string>> Texts(Hire hire) => world.In(async services =>
    {
        var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
        var key = await services.GetRequiredService<Seals>().KeyOf(db, hire.Hirer, default);
        return (await db.Set<Message>().Where(row => row.To == hire.Hirer && row.Purpose.StartsWith("hold-")).OrderBy(row => row.MadeAt).ThenBy(row => row.Id).ToListAsync())
            .ConvertAll(row => key.Open(DeliveryContract.BodyColumn, row.Id.Value, row.Body));
    });
}

public sealed class HoldTold_on_sqlite(OpenDayWorld<Sqlite> world) : HoldToldTests<Sqlite>(world);

public sealed class HoldTold_on_postgres(OpenDayWorld<Postgres> world) : HoldToldTests<Postgres>(world);
