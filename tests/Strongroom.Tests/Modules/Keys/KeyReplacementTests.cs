using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Keys.Losses;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Keys;

/// <summary>R21k: a lost key is reported, the manager approves, the lock is replaced before a second officer; nobody comes in meanwhile.</summary>
public abstract class KeyReplacementTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_locker_with_a_lost_key_is_opened_for_nobody_until_its_lock_is_replaced()
    {
        var (hire, neighbour) = (await world.NewHire(), await world.NewHire());
        await Bank.OpenDay();
        var old = await KeyOf(hire);
        var reported = await Report(hire);
        (reported.Charge, reported.Currency).ShouldBe((300_000L, "INR"));

        (await Visit(hire)).Rules.Single(rule => rule.Id == "key-not-lost").Answer.ShouldBe(Answer.Refuse);
        (await Visit(neighbour)).Rules.Single(rule => rule.Id == "key-not-lost").Answer.ShouldBe(Answer.Pass, "a neighbour's locker is not touched");

        await Approved(reported.Id);
        await Sequence();
        await Replaced(hire, reported.Id, await SecondSigned(hire, reported.Id)).Fine();

        var keys = await world.Read(db => db.Set<Key>().Where(row => row.Locker == hire.Locker).OrderBy(row => row.Number).ToListAsync());
        keys.Single(key => key.Id == old).ShouldSatisfyAllConditions(key => key.End.ShouldBe(KeyEnd.Lost), key => key.EndedAt.ShouldBe(world.Clock.UtcNow()));
        keys.Where(key => key.EndedAt is null).Select(key => key.Number).ShouldBe([$"{hire.Number}/2", $"{hire.Number}/3"]);
        (await world.Read(db => db.Set<Key>().SingleAsync(row => row.Locker == neighbour.Locker))).EndedAt.ShouldBeNull();
        (await Visit(hire)).State.ShouldBe(VisitState.Admitted);

        var told = (await world.Read(db => db.TimelineOf(Subject.Of(hire.Locker), null, 20, default))).Single(one => one.Kind == "keys.lock-replaced");
        told.Actor.ShouldBe(Bank.Custodian.Person);
        told.Data["lock"].ShouldBe($"L-{hire.Number}");
        told.Data["charge"].ShouldBe("300000");
    }

    [Fact]
    public async Task An_approval_that_is_not_in_the_published_log_opens_nothing()
    {
        var hire = await world.NewHire();
        var loss = (await Report(hire)).Id;
        // Everything before is published, and the approval alone is not.
        var id = await Asked(loss);
        await Sequence();
        await world.Lab.TryApprove(Bank.Manager, id).Fine();

        var signature = await SecondSigned(hire, loss);
        (await Replaced(hire, loss, signature)).Refusal!.Code.ShouldBe("approvals.not-sealed-yet");
        (await world.Read(db => db.Set<Key>().SingleAsync(row => row.Locker == hire.Locker))).EndedAt.ShouldBeNull();
        (await world.Lab.RequestOf(Bank.Manager, id)).Line.State.ShouldBe(ApprovalState.Approved);

        await Sequence();
        await Replaced(hire, loss, signature).Fine();
        (await world.Lab.RequestOf(Bank.Manager, id)).Line.State.ShouldBe(ApprovalState.Done);
        (await Replaced(hire, loss, signature)).Refusal!.Code.ShouldBe("keys.lock-replaced-already");
    }

    [Fact]
    public async Task Nobody_replaces_a_lock_that_was_not_approved()
    {
        var hire = await world.NewHire();
        var loss = (await Report(hire)).Id;
        (await world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<ReplaceLock>().Ask(loss, Lock(hire), default))).Refusal!.Code.ShouldBe("keys.replacement-not-asked");
        await Asked(loss);
        await Sequence();

        (await Replaced(hire, loss, await SecondSigned(hire, loss))).Refusal!.Code.ShouldBe("approvals.not-approved");
        (await world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<AskToReplaceLock>().Handle(loss, default))).Refusal!.Code.ShouldBe("keys.replacement-asked-already");
    }

    [Fact]
    public async Task Whoever_asked_or_took_the_report_does_not_approve()
    {
        var hire = await world.NewHire();
        var id = await Asked((await ReportBy(Bank.Manager, hire).Fine()).Id);

        (await world.Lab.TryApprove(Bank.Custodian, id)).Refusal!.Code.ShouldBe("approvals.own-request");
        (await world.Lab.TryApprove(Bank.SecondCustodian, id)).Refusal!.Code.ShouldBe("not-allowed");
        (await world.Lab.TryApprove(Bank.Manager, id)).Refusal!.Code.ShouldBe("approvals.duties-apart");
    }

    [Fact]
    public async Task A_manager_who_is_a_relative_does_not_approve_and_the_request_tells_nobody_so()
    {
        var hire = await world.NewHire();
        await Related(Bank.Manager, hire);
        var id = await Asked((await Report(hire)).Id);

        (await world.Lab.TryApprove(Bank.Manager, id)).Refusal!.Code.ShouldBe("approvals.duties-apart");

        (await world.Lab.RequestOf(Bank.Custodian, id)).Subjects.ShouldBe([hire.Hirer]);
        using var desk = await world.SignIn(Bank.SecondCustodian);
        (await desk.GetStringAsync($"/desk/approvals/{id}")).ShouldSatisfyAllConditions(page => page.ShouldContain("Is about"), page => page.ShouldNotContain(Bank.Manager.Name));
    }

    [Fact]
    public async Task Neither_a_stand_in_who_is_a_relative_nor_the_stand_in_of_a_relative_approves()
    {
        var (own, managers) = (await world.NewHire(), await world.NewHire());
        await HandedOver(Bank.Manager, Bank.CounterOfficer);
        await Related(Bank.CounterOfficer, own);
        await Related(Bank.Manager, managers);

        (await world.Lab.TryApprove(Bank.CounterOfficer, await Asked((await Report(own)).Id))).Refusal!.Code.ShouldBe("approvals.duties-apart");
        (await world.Lab.TryApprove(Bank.CounterOfficer, await Asked((await Report(managers)).Id))).Refusal!.Code.ShouldBe("approvals.stands-for-the-concerned");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_is_declared_a_relative_after_the_approval_has_not_approved_nor_has_their_stand_in(bool standIn)
    {
        var hire = await world.NewHire();
        if (standIn) await HandedOver(Bank.Manager, Bank.CounterOfficer);
        var loss = (await Report(hire)).Id;
        await world.Lab.TryApprove(standIn ? Bank.CounterOfficer : Bank.Manager, await Asked(loss)).Fine();
        await Sequence();
        var signature = await SecondSigned(hire, loss);

        await Related(Bank.Manager, hire);

        (await Replaced(hire, loss, signature)).Refusal!.Code.ShouldBe("approvals.not-approved");
        (await world.Read(db => db.Set<Key>().SingleAsync(row => row.Locker == hire.Locker))).EndedAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_relative_of_the_hirer_has_no_hand_in_the_lock()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        await Related(Bank.SecondCustodian, hire);

        (await ReportBy(Bank.SecondCustodian, hire)).Refusal!.Code.ShouldBe("keys.officer-concerned");
        (await ReportBy(Bank.SecondCustodian, other)).Refusal.ShouldBeNull();

        var loss = (await Report(hire)).Id;
        await Approved(loss);
        await Sequence();
        (await Replaced(hire, loss, await SecondSigned(hire, loss, Bank.SecondCustodian))).Refusal!.Code.ShouldBe("keys.officer-concerned");
        await Replaced(hire, loss, await SecondSigned(hire, loss, Bank.Manager)).Fine();
    }

    [Fact]
    public async Task A_report_names_somebody_of_the_locker_and_a_day_that_was()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var key = await KeyOf(hire);
        using var desk = await world.SignIn(Bank.Custodian);

        (await (await desk.PostJson($"/api/v1/keys/{key}/loss", Told(hire) with { Reporter = other.Hirer })).RefusalCode()).ShouldBe("keys.not-of-the-locker");
        (await (await desk.PostJson($"/api/v1/keys/{key}/loss", Told(hire) with { LostOn = Today.AddDays(1) })).RefusalCode()).ShouldBe("keys.lost-in-the-future");
        (await desk.PostJson($"/api/v1/keys/{key}/loss", Told(hire))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await desk.PostJson($"/api/v1/keys/{key}/loss", Told(hire))).RefusalCode()).ShouldBe("keys.lost-already");
        using var counter = await world.SignIn(Bank.CounterOfficer);
        (await counter.PostJson($"/api/v1/keys/{key}/loss", Told(hire))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_whole_way_goes_by_the_pages()
    {
        var hire = await world.NewHire();
        var key = await KeyOf(hire);
        using var desk = await world.SignIn(Bank.Custodian);
        (await desk.GetStringAsync($"/desk/lockers/{hire.Locker}/keys")).ShouldContain($"/desk/keys/{key}/lost");
        (await (await desk.PostForm($"/desk/keys/{key}/lost", "lost", ("Input.How", ""))).Content.ReadAsStringAsync()).ShouldContain("Write how it was lost");
        var loss = (await desk.PostForm($"/desk/keys/{key}/lost", "lost", ("Input.Reporter", hire.Hirer.ToString()), ("Input.LostOn", $"{Today:yyyy-MM-dd}"),
            ("Input.How", "Left on a train"), ("Input.Undertaking", "U-77"))).Leads();
        loss.ShouldStartWith("/desk/key-losses/");
        (await desk.GetStringAsync(loss)).ShouldSatisfyAllConditions(page => page.ShouldContain("opened for nobody"), page => page.ShouldContain("Left on a train"), page => page.ShouldContain("3,000"));
        (await desk.GetStringAsync($"/desk/lockers/{hire.Locker}/keys")).ShouldContain(loss);
        (await desk.GetStringAsync($"/desk/keys/{key}/lost")).ShouldSatisfyAllConditions(page => page.ShouldContain(loss), page => page.ShouldNotContain("Record the loss"));
        (await desk.PostForm(loss, "ask")).Leads().ShouldBe(loss);
        (await desk.GetStringAsync(loss)).ShouldContain("approval is waited for");
        var id = new KeyLossId(Guid.Parse(loss.Split('/')[^1]));
        await world.Lab.TryApprove(Bank.Manager, (await world.Read(db => db.Set<KeyLoss>().Where(row => row.Id == id).Select(row => row.Approval).SingleAsync()))!.Value).Fine();
        await Sequence();

        using var again = await world.SignIn(Bank.Custodian);
        var asked = (await again.PostForm(loss, "lock", ("Input.Present", hire.Hirer.ToString()), ("Input.Lock", "L-9"), ("Input.Keys", $"{hire.Number}/8"), ("Input.Embossed", "true"))).Leads();
        (await again.GetStringAsync(asked)).ShouldContain("The button appears here");
        await Joining.Sign(world.Lab, new(Guid.Parse(asked.Split("signature=")[1])), Bank.SecondCustodian);
        (await again.PostForm(asked, "replace")).Leads().ShouldBe(loss);
        (await again.GetStringAsync(loss)).ShouldSatisfyAllConditions(page => page.ShouldContain("The lock is new"), page => page.ShouldContain(Bank.SecondCustodian.Name));
        (await again.GetStringAsync($"/desk/lockers/{hire.Locker}/keys")).ShouldSatisfyAllConditions(page => page.ShouldContain($"{hire.Number}/8"), page => page.ShouldContain("no, lost"));
    }

    private DateOnly Today => world.Lab.Now.DateIn("Asia/Kolkata");

    private ReportLostKeyRequest Told(Hire hire) => new(Today, hire.Hirer, "Lost at the market", "U-1");

    private static NewLock Lock(Hire hire) => new($"L-{hire.Number}", $"{hire.Number}/2, {hire.Number}/3", Embossed: true, hire.Hirer);

    private Task<KeyId> KeyOf(Hire hire) => world.Read(db => db.Set<Key>().Where(row => row.Locker == hire.Locker && row.EndedAt == null).Select(row => row.Id).SingleAsync());

    private async Task<KeyReportedLost> Report(Hire hire) => await ReportBy(Bank.Custodian, hire).Fine();

    private async Task<Outcome<KeyReportedLost>> ReportBy(Player officer, Hire hire)
    {
        var key = await KeyOf(hire);
        return await world.Lab.As(officer.Person, services => services.GetRequiredService<ReportLostKey>().Handle(key, Told(hire), default));
    }

    private async Task Related(Player officer, Hire hire)
    {
        var number = await world.Read(db => db.Set<Strongroom.Modules.Customers.Person>().Where(row => row.Id == hire.Hirer).Select(row => row.Cif).SingleAsync());
        var id = await world.Read(db => db.OfficerFacts().Where(row => row.Person == officer.Person).Select(row => row.Id).SingleAsync());
        await world.Lab.Do<DeclareRelative, RelativeDeclared>(officer.Person, slice => slice.Handle(id, new(number!, Relation.Sibling), default));
    }

    private async Task HandedOver(Player from, Player to)
    {
        var asked = await world.Lab.Do<HandOver, HandOverAsked>(from.Person, slice => slice.Ask(new(to.Person, Bank.Branch, ["keys.replace"], Today, Today, "On leave."), default));
        await Joining.Sign(world.Lab, asked.Signature, from);
        await world.Lab.Do<HandOver, Done>(from.Person, slice => slice.Sign(asked.Id, default));
    }

    private async Task<ApprovalId> Asked(KeyLossId loss) => (await world.Lab.Do<AskToReplaceLock, ReplacementAsked>(Bank.Custodian.Person, slice => slice.Handle(loss, default))).Approval!.Value;

    private async Task Approved(KeyLossId loss) => await world.Lab.TryApprove(Bank.Manager, await Asked(loss)).Fine();

    private async Task<SignatureId> SecondSigned(Hire hire, KeyLossId loss, Player? second = null)
    {
        var asked = await world.Lab.Do<ReplaceLock, SecondOfficerAsked>(Bank.Custodian.Person, slice => slice.Ask(loss, Lock(hire), default));
        await Joining.Sign(world.Lab, asked.Signature, second ?? Bank.SecondCustodian);
        return asked.Signature;
    }

    private Task<Outcome<Done>> Replaced(Hire hire, KeyLossId loss, SignatureId second) =>
        world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<ReplaceLock>().Handle(loss, new(Lock(hire), second), default));

    private async Task Sequence()
    {
        while (await world.App.Services.GetRequiredService<Sequencer>().RunOnce(default) > 0)
        {
        }
    }

    private async Task<Admission> Visit(Hire hire) => await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
}

public sealed class KeyReplacement_on_sqlite(BankWorld<Sqlite> world) : KeyReplacementTests<Sqlite>(world);

public sealed class KeyReplacement_on_postgres(BankWorld<Postgres> world) : KeyReplacementTests<Postgres>(world);
