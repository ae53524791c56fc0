using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

public abstract class HoldTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static int next;

    [Fact]
    public async Task A_hold_blocks_until_it_is_lifted_by_one_with_the_right_to_lift()
    {
        var id = await NewHire();

        var hold = (await Place(bank.Custodian, id, HoldKind.Suspicion).Fine()).Id;
        (await InForce(id)).ShouldBe([HoldKind.Suspicion]);
        await Lift(bank.Custodian, id, hold).RefusedWith(404, "not-found");
        await Lift(bank.ManagerOfFort, id, hold).RefusedWith(404, "not-found");
        await Lift(bank.Manager, id, hold).Fine();

        (await InForce(id)).ShouldBeEmpty();
        await Lift(bank.Manager, id, hold).RefusedWith(409, "agreements.hold-not-in-force");
        var line = (await bank.By(bank.Clerk, (ReadAgreements read) => read.One(id, default)))!.Holds.ShouldHaveSingleItem();
        (line.Reason, line.PlacedBy, line.LiftedBy, line.InForce).ShouldBe(("canary of the reason", "Kabir Das", "Arjun Shah", false));
        (await bank.Timeline(hold)).ShouldBe(["agreements.hold-placed", "agreements.hold-lifted", "refused"]);
    }

    [Fact]
    public async Task Who_may_not_place_holds_or_works_elsewhere_finds_no_such_agreement()
    {
        var id = await NewHire();

        await Place(bank.Clerk, id, HoldKind.Suspicion).RefusedWith(404, "not-found");
        await Place(bank.ManagerOfFort, id, HoldKind.Suspicion).RefusedWith(404, "not-found");
        (await bank.By(bank.ManagerOfFort, (ReadAgreements read) => read.One(id, default))).ShouldBeNull();
        (await InForce(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_hold_of_a_kind_is_refused_but_two_courts_may_each_have_theirs()
    {
        var id = await NewHire();

        await Place(bank.Manager, id, HoldKind.Death).Fine();
        await Place(bank.Manager, id, HoldKind.Death).RefusedWith(409, "agreements.hold-already-there");
        await Place(bank.Manager, id, HoldKind.Court).Fine();
        await Place(bank.Manager, id, HoldKind.Court).Fine();

        (await InForce(id)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Of_two_who_place_the_same_hold_at_once_one_finds_it_there()
    {
        var id = await NewHire();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Place(bank.Manager, id, HoldKind.Arrears)));

        outcomes.Count(outcome => outcome.Refusal is null).ShouldBe(1);
        outcomes.Single(outcome => outcome.Refusal is not null).Refusal!.Code.ShouldBeOneOf("agreements.hold-already-there", "changed-meanwhile");
        (await InForce(id)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_hold_with_an_end_blocks_through_its_last_day_at_the_branch()
    {
        var id = await NewHire();
        await bank.By(bank.Manager, (PlaceHold place) => place.Handle(id, new(HoldKind.Suspicion, "Until Tuesday", Today.AddDays(1)), default)).Fine();
        await bank.By(bank.Manager, (PlaceHold place) => place.Handle(id, new(HoldKind.Court, "Past", Today.AddDays(-1), "7/2026"), default))
            .RefusedWith(422, "agreements.hold-ends-in-the-past");
        foreach (var far in new[] { Today.AddYears(10).AddDays(1), DateOnly.MaxValue })
            await bank.By(bank.Manager, (PlaceHold place) => place.Handle(id, new(HoldKind.Court, "For ever", far, "7/2026"), default)).RefusedWith(422, "agreements.hold-too-far-ahead");

        // 24 November ends at 18:30 UTC in India.
        var midnight = new DateTime(2026, 11, 24, 18, 30, 0, DateTimeKind.Utc);
        Task<bool> HeldAt(DateTime at) => bank.Read(db => db.HoldsInForce(at).AnyAsync(hold => hold.Agreement == id));
        (await HeldAt(midnight.AddMilliseconds(-1))).ShouldBeTrue();
        (await HeldAt(midnight)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_decision_that_leaned_on_the_agreement_before_a_hold_was_placed_cannot_be_saved_after_it()
    {
        var id = await NewHire();
        await using var scope = bank.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<StrongroomDb>();
        await db.LeanOnAgreement(id, default);
        (await db.HoldsInForce(bank.Clock.UtcNow()).AnyAsync(hold => hold.Agreement == id)).ShouldBeFalse();

        await Place(bank.Manager, id, HoldKind.Court).Fine();

        db.Append(bank.Act(scope.ServiceProvider), new Event(AuditKinds.Refused).About(id));
        var lost = await Should.ThrowAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        Collision.Of(lost, db).ShouldBeOfType<Collision.LostRace>();
    }

    [Fact]
    public async Task A_hirer_freezes_their_own_locker_at_once_and_nobody_else_s()
    {
        var (asha, vikram) = (await bank.Person("Asha Rao"), await bank.Person("Vikram Rao"));
        var id = await NewHire(asha);
        Task<Outcome<HoldPlaced>> Freeze(PersonId person, string right = "account.freeze") => bank.By(new Actor
        {
            Person = person,
            User = person.Value,
            Grants = [new RoleGrant("AccountHolder", null, new HashSet<string> { right })],
        }, (FreezeLocker freeze) => freeze.Handle(id, default));

        await Freeze(vikram).RefusedWith(404, "not-found");
        await Freeze(asha, "account.read").RefusedWith(404, "not-found");
        await Freeze(asha).Fine();
        await Freeze(asha).RefusedWith(409, "agreements.hold-already-there");

        (await InForce(id)).ShouldBe([HoldKind.Freeze]);
        (await bank.Timeline(asha)).ShouldContain("agreements.frozen");
    }

    [Fact]
    public async Task An_order_is_cited_and_a_hold_without_one_is_not_placed()
    {
        var id = await NewHire();
        Task<Outcome<HoldPlaced>> With(HoldKind kind, string? paper, bool secret, Actor? officer = null) =>
            bank.By(officer ?? bank.Manager, (PlaceHold place) => place.Handle(id, new(kind, "Somebody said so", null, paper, secret), default));

        await With(HoldKind.Court, " ", false).RefusedWith(422, "agreements.hold-paper-missing");
        await With(HoldKind.Arrears, null, true).RefusedWith(422, "agreements.hirer-must-be-told");
        await With(HoldKind.Arrears, null, false, bank.Custodian).RefusedWith(403, "not-allowed");
        await With(HoldKind.Court, "O.S. 12/2026", true).Fine();
        await With(HoldKind.Attachment, "ITO 3/2026", false).Fine();

        (await bank.Read(db => db.HoldsInForce(bank.Clock.UtcNow()).Where(hold => hold.Agreement == id).OrderBy(hold => hold.Kind).Select(hold => new { hold.Kind, hold.TellHirer }).ToListAsync()))
            .Select(hold => (hold.Kind, hold.TellHirer)).ShouldBe([(HoldKind.Court, false), (HoldKind.Attachment, true)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_courts_hold_is_asked_to_be_lifted_with_the_paper_that_ends_it_and_stays_until_another_approves()
    {
        var id = await NewHire();
        var hold = (await Place(bank.Custodian, id, HoldKind.Court).Fine()).Id;
        Task<Outcome<HoldLifted>> Ask(Actor officer, string? paper) => bank.By(officer, (LiftHold lift) => lift.Handle(id, hold, new("Order ended", paper), default));

        await Ask(bank.Custodian, "13/2026").RefusedWith(404, "not-found");
        await Ask(bank.Manager, null).RefusedWith(422, "agreements.hold-paper-missing");
        (await Ask(bank.Manager, "13/2026").Fine()).Approval.ShouldNotBeNull();

        (await InForce(id)).ShouldBe([HoldKind.Court]);
        (await bank.Timeline(hold)).Where(kind => kind.StartsWith("agreements.", StringComparison.Ordinal)).ShouldBe(["agreements.hold-placed", "agreements.hold-lift-asked"]);
    }

    [Fact]
    public async Task An_officer_holds_and_lifts_nothing_of_their_own()
    {
        var id = await NewHire(bank.Manager.Person!.Value);

        await Place(bank.Manager, id, HoldKind.Suspicion).RefusedWith(409, "agreements.own-matter");
        var hold = (await Place(bank.Custodian, id, HoldKind.Suspicion).Fine()).Id;
        await Lift(bank.Manager, id, hold).RefusedWith(409, "agreements.own-matter");
    }

    [Fact]
    public async Task The_reason_of_a_hold_cannot_be_read_from_the_disk()
    {
        var id = await NewHire();
        await Place(bank.Manager, id, HoldKind.Court).Fine();
        var hold = (await Place(bank.Manager, id, HoldKind.Suspicion).Fine()).Id;
        await Lift(bank.Manager, id, hold).Fine();

        (await bank.Read(db => ClearText.ColumnsWith(db, "canary of the"))).ShouldBeEmpty();
    }

    private async Task<AgreementId> NewHire(PersonId? hirer = null)
    {
        var mine = Interlocked.Increment(ref next);
        var person = hirer ?? await bank.Person($"Hirer {mine}");
        var locker = (await bank.By(bank.Clerk, (ReadAgreements read) => read.Vacant(default)))[0].Id;
        return (await bank.By(bank.Clerk, (MakeAgreement make) => make.Handle(new(locker, person, $"H/{mine}", Today, null, null, null), default)).Fine()).Id;
    }

    private Task<Outcome<HoldPlaced>> Place(Actor officer, AgreementId id, HoldKind kind) =>
        bank.By(officer, (PlaceHold place) => place.Handle(id, new(kind, "canary of the reason", null, HoldRules.Of(kind).PaperToPlace is null ? null : "canary of the paper"), default));

    private Task<Outcome<HoldLifted>> Lift(Actor officer, AgreementId id, HoldId hold) =>
        bank.By(officer, (LiftHold lift) => lift.Handle(id, hold, new("canary of the lifting"), default));

    private Task<List<HoldKind>> InForce(AgreementId id) =>
        bank.Read(db => db.HoldsInForce(bank.Clock.UtcNow()).Where(hold => hold.Agreement == id).Select(hold => hold.Kind).ToListAsync());
}

public sealed class Hold_on_sqlite(TwoBranches<Sqlite> bank) : HoldTests<Sqlite>(bank);

public sealed class Hold_on_postgres(TwoBranches<Postgres> bank) : HoldTests<Postgres>(bank);
