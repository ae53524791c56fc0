using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Agreements;

public abstract class JointHireTests<TEngine>(TwoBranches<TEngine> bank) : IClassFixture<TwoBranches<TEngine>> where TEngine : IEngine
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static int number;

    [Fact]
    public async Task A_locker_is_let_to_three_persons_in_the_order_of_the_paper()
    {
        PersonId[] hirers = [await bank.Person("Asha First"), await bank.Person("Vikram Second"), await bank.Person("Leela Third")];

        var made = await Make(0, hirers, Mandate.AnyoneOrSurvivor).Fine();

        var shown = await bank.By(bank.Clerk, (ReadAgreements read) => read.One(made.Id, default));
        shown!.Parties.Select(party => party.Name).ShouldBe(["Asha First", "Vikram Second", "Leela Third"]);
        shown.Facts.Mandate.ShouldBe(Mandate.AnyoneOrSurvivor);
        foreach (var hirer in hirers) (await bank.Timeline(hirer)).ShouldContain("agreements.made");
    }

    [Theory]
    [InlineData(1, null, true)]
    [InlineData(1, Mandate.Jointly, false)]
    [InlineData(2, null, false)]
    [InlineData(2, Mandate.Single, false)]
    [InlineData(2, Mandate.EitherOrSurvivor, true)]
    [InlineData(2, Mandate.AnyoneOrSurvivor, false)]
    [InlineData(3, Mandate.EitherOrSurvivor, false)]
    [InlineData(3, Mandate.LatterOrSurvivor, true)]
    public void A_mode_of_operation_fits_the_number_of_hirers(int hirers, Mandate? mandate, bool fits) =>
        (mandate ?? Mandate.Single).Fits(hirers).ShouldBe(fits);

    [Fact]
    public async Task Each_joint_hirer_is_identified_named_once_and_within_the_banks_limit()
    {
        var (good, never) = (await bank.Person("Good Standing"), await bank.Person("Never Seen", identified: false));

        (await Make(1, [good, never], Mandate.Jointly).RefusedWith(409, "agreements.due-diligence-missing")).Title.ShouldContain("Never Seen");
        await Make(1, [good, await bank.Person("Overdue", review: Today)], Mandate.Jointly).RefusedWith(409, "agreements.due-diligence-overdue");
        await Make(1, [good, good], Mandate.Jointly).RefusedWith(422, "agreements.hirer-twice");
        (await Make(1, [good, await bank.Person("No Mode")], null).RefusedWith(422, "agreements.mandate-does-not-fit")).Field.ShouldBe("Mandate");
        var six = new List<PersonId>();
        for (var i = 0; i < 6; i++) six.Add(await bank.Person($"Many {i}"));
        await Make(1, six, Mandate.Jointly).RefusedWith(422, "agreements.too-many-hirers");
        await Make(1, six[..5], Mandate.Jointly).Fine();
    }

    [Fact]
    public async Task An_officer_lets_no_locker_to_joint_hirers_of_whom_they_are_one() =>
        await Make(2, [await bank.Person("Friend"), bank.Clerk.Person!.Value], Mandate.Jointly).RefusedWith(409, "agreements.own-matter");

    [Fact]
    public async Task An_organisation_hires_through_signatories_who_are_identified_each()
    {
        var firm = (await bank.By(bank.Clerk, (RegisterPerson register) => register.Handle(new() { Kind = PersonKind.Organisation, Name = "Rao Jewels Pvt Ltd", DueDiligenceReviewOn = new(2028, 1, 1) }, default)).Fine()).Id;
        await Make(3, [firm], null).RefusedWith(409, "agreements.no-signatory");
        Task<Outcome<SignatoryAdded>> Add(PersonId organisation, PersonId person, int together = 1, DateOnly? until = null) =>
            bank.By(bank.Clerk, (AddSignatory add) => add.Handle(organisation, new(person, Today, until, together, "Resolution 4: alone."), default));
        var director = await bank.Person("Director Rao", review: Today.AddDays(2));

        await Add(director, await bank.Person("Son")).RefusedWith(409, "customers.not-an-organisation");
        await Add(firm, firm).RefusedWith(422, "customers.signatory-must-be-person");
        await Add(firm, await bank.Person("Stranger", identified: false)).RefusedWith(409, "customers.signatory-not-identified");
        await Add(firm, director, until: Today.AddDays(-1)).RefusedWith(422, "customers.signatory-ends-before-it-begins");
        var added = await Add(firm, director).Fine();
        await Add(firm, director).RefusedWith(409, "customers.signatory-already-there");
        var made = await Make(3, [firm], null).Fine();

        (await bank.Read(db => db.WhoMayCome(made.Id, Today, default))).ShouldHaveSingleItem().ShouldBe(new MayCome(director, ComesAs.Signatory, 1, 1, null));
        (await bank.Read(db => db.ConcernedBy(made.Id).ToListAsync())).ShouldBe([firm, director], ignoreOrder: true);
        await bank.By(bank.Clerk, (EndSignatory end) => end.Handle(firm, added.Id, default)).Fine();
        (await bank.Read(db => db.WhoMayCome(made.Id, Today, default))).ShouldBeEmpty();
        (await bank.Timeline(firm)).ShouldContain("customers.signatory-ended");
        (await bank.Timeline(director)).ShouldContain("customers.signatory-added");
    }

    private Task<Outcome<AgreementMade>> Make(int locker, IReadOnlyList<PersonId> hirers, Mandate? mandate) =>
        bank.By(bank.Clerk, (MakeAgreement make) => make.Handle(
            new(bank.Lockers[locker], hirers[0], $"JNT/{Interlocked.Increment(ref number)}", Today, null, null, null, [.. hirers.Skip(1)], mandate), default));
}

public sealed class Joint_hire_on_sqlite(TwoBranches<Sqlite> bank) : JointHireTests<Sqlite>(bank);

public sealed class Joint_hire_on_postgres(TwoBranches<Postgres> bank) : JointHireTests<Postgres>(bank);
