using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;
using Strongroom.Web.Desk.Finding;

namespace Strongroom.Tests.Web.Desk;

/// <summary>A hirer with a locker at MG Road and one at Fort who has the same numbers, so that whoever may not see Fort would notice.</summary>
public sealed class FoundWorld<TEngine> : TwoBranches<TEngine> where TEngine : IEngine
{
    public PersonId Lakshmi { get; private set; }

    public AgreementId Hire { get; private set; }

    public PersonId AtFort { get; private set; }

    public Actor Admin { get; private set; } = null!;

    protected override async Task Prepare()
    {
        await base.Prepare();
        Admin = await Officer("Ada Min", Role.Admin, null);
        Lakshmi = (await By(Clerk, (RegisterPerson register) => register.Handle(
            new() { Name = "Lakshmi Vikram Deshpande", Cif = "98200111", Mobile = "98111 22333", Email = "lakshmi@example.in", DueDiligenceReviewOn = new(2028, 1, 1) }, default)).Fine()).Id;
        Hire = (await By(Manager, (MakeAgreement make) => make.Handle(new(Lockers[4], Lakshmi, "A-77", new(2026, 11, 1), null, null, null), default)).Fine()).Id;
        AtFort = await Person("Farida Shaikh");
        await By(ManagerOfFort, (MakeAgreement make) => make.Handle(new(LockerAtFort, AtFort, "A-77", new(2026, 11, 1), null, null, null), default)).Fine();
        await Add(act =>
        [
            new FormerNumber { Locker = Lockers[4], Number = "1101", Until = new DateTime(2025, 5, 2, 20, 0, 0, DateTimeKind.Utc) },
            new FormerNumber { Locker = LockerAtFort, Number = "1101", Until = new DateTime(2025, 5, 2, 20, 0, 0, DateTimeKind.Utc) },
            new Key { Id = act.NewId<Noun.Key>(), Branch = MgRoad, Kind = KeyKind.Hirer, Number = "1950/65", Locker = Lockers[4] },
            new Key { Id = act.NewId<Noun.Key>(), Branch = Fort, Kind = KeyKind.Hirer, Number = "1950/65", Locker = LockerAtFort },
        ]);
    }
}

public abstract class FindTests<TEngine>(FoundWorld<TEngine> world) : IClassFixture<FoundWorld<TEngine>> where TEngine : IEngine
{
    [Theory]
    [InlineData("lakshmi", "name begins with “lakshmi”")]
    [InlineData("Desh", "a word of the name begins with “Desh”")]
    [InlineData("deshpande lakshmi", "name has “deshpande” and “lakshmi”")]
    [InlineData("lakshmi vikram desh", "name begins with “lakshmi vikram desh”")]
    [InlineData("Laxmi", "name sounds like “Laxmi”")]
    [InlineData("98200111", "customer number 98200111")]
    [InlineData("lakshmi@EXAMPLE.in", "reached at this e-mail address")]
    [InlineData("+91 98111 22333", "reached at this mobile number")]
    public async Task A_person_is_found_and_the_answer_says_why(string text, string why)
    {
        var hit = (await Ask(world.Clerk, text)).Single(hit => hit.Kind == HitKind.Person && hit.Href == $"/desk/people/{world.Lakshmi}");
        (hit.What, hit.Where, hit.Why).ShouldBe(("Lakshmi Vikram Deshpande", "locker 5, MG Road", why));
    }

    [Theory]
    [InlineData("5", "Locker 5", "its number")]
    [InlineData("001 5", "Locker 5", "its number")]
    [InlineData("5 mg road", "Locker 5", "its number")]
    [InlineData("1101", "Locker 5", "former number 1101, until 3 May 2025")]
    [InlineData("mg 1101", "Locker 5", "former number 1101, until 3 May 2025")]
    public async Task A_locker_is_found_by_its_number_now_or_before_with_its_branch_or_without(string text, string what, string why)
    {
        var hit = (await Ask(world.Clerk, text)).Single(hit => hit.Kind == HitKind.Locker);
        (hit.What, hit.Where, hit.Why, hit.Href).ShouldBe((what, "MG Road", why, $"/desk/lockers/{world.Lockers[4]}"));
    }

    [Fact]
    public async Task A_key_leads_to_its_locker_and_an_agreement_is_found_by_its_number()
    {
        var key = (await Ask(world.Custodian, "1950/65")).ShouldHaveSingleItem();
        (key.What, key.Where, key.Why, key.Href).ShouldBe(("Key of locker 5", "MG Road", "hirer’s key 1950/65", $"/desk/lockers/{world.Lockers[4]}"));
        var hire = (await Ask(world.Clerk, "a-77")).ShouldHaveSingleItem();
        (hire.What, hire.Where, hire.Href).ShouldBe(("Agreement A-77", "MG Road", $"/desk/agreements/{world.Hire}"));
    }

    [Fact]
    public async Task An_officer_finds_nothing_of_a_branch_where_they_have_no_posting()
    {
        foreach (var text in new[] { "1", "1101", "1950/65", "A-77", "002 1", "Fort 1101" })
            (await Ask(world.Custodian, text)).Where(hit => hit.Where == "Fort").ShouldBeEmpty(text);
        // A person is the bank's; the locker that they have elsewhere is not told.
        (await Ask(world.Custodian, "Farida")).ShouldHaveSingleItem().Where.ShouldBeNull();
        (await Ask(world.Auditor, "A-77")).Select(hit => hit.Where).Order().ShouldBe(["Fort", "MG Road"]);
    }

    [Fact]
    public async Task A_kind_that_a_role_may_not_read_is_not_found_by_it()
    {
        (await Ask(world.Clerk, "1950/65")).ShouldBeEmpty();
        foreach (var text in new[] { "lakshmi", "98200111", "98111 22333", "5", "A-77", "1950/65" })
            (await Ask(world.Admin, text)).ShouldBeEmpty(text);
    }

    [Fact]
    public async Task What_came_in_an_address_finds_nobody_by_telephone() =>
        (await world.By(world.Clerk, (Find find) => find.Handle("98111 22333", reached: false, default))).Hits.ShouldBeEmpty();

    [Theory]
    [InlineData("98111 22333", true)]
    [InlineData("+91-98111", true)]
    [InlineData("someone@", true)]
    [InlineData("1950/65", false)]
    [InlineData("MGR 101", false)]
    [InlineData("Asha Rao", false)]
    public void Whatever_may_be_a_telephone_number_or_an_address_goes_into_no_address_of_a_page(string text, bool personal) => Find.IsPersonal(text).ShouldBe(personal);

    [Fact]
    public async Task A_person_is_found_by_their_new_name_and_no_more_by_the_old_one()
    {
        var person = await world.Person("Rekha Purohit");
        await world.By(world.Clerk, (EditPerson edit) => edit.Handle(person, new("Rekha Gaikwad", null, null, null, "en"), default), 1).Fine();

        (await Ask(world.Clerk, "purohit")).ShouldBeEmpty();
        (await Ask(world.Clerk, "gaikwad rekha")).ShouldHaveSingleItem().Href.ShouldBe($"/desk/people/{person}");
    }

    [Fact]
    public async Task More_than_fit_are_said_to_be_more()
    {
        for (var at = 0; at <= Find.Most; at++) await world.Person($"Zubin {(char)('A' + at)}zad");

        var found = await world.By(world.Clerk, (Find find) => find.Handle("zubin", reached: true, default));

        (found.Hits.Count, found.More).ShouldBe((Find.Most, true));
    }

    /// <summary>The plan, not the clock: at this size anything is quick.</summary>
    [Fact]
    public async Task A_name_is_read_from_a_range_of_an_index()
    {
        var plan = await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            await db.Database.OpenConnectionAsync();
            await using var command = db.Database.GetDbConnection().CreateCommand();
            if (!db.OneWriter)
            {
                command.CommandText = "SET enable_seqscan = off";
                await command.ExecuteNonQueryAsync();
            }
            command.CommandText = (db.OneWriter ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + "SELECT person FROM person_word WHERE word >= 'desh' AND word < 'desi' ORDER BY word, person LIMIT 20";
            List<string> lines = [];
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync()) lines.Add(reader.GetString(reader.FieldCount - 1));
            return string.Join('\n', lines);
        });
        if (plan.Contains("SEARCH", StringComparison.Ordinal)) plan.ShouldContain("(word>? AND word<?)");
        else plan.ShouldContain("Index Only Scan using pk_person_word");
        plan.ShouldNotContain("Sort");
        plan.ShouldNotContain("TEMP B-TREE");
    }

    private async Task<IReadOnlyList<Hit>> Ask(Actor officer, string text) => (await world.By(officer, (Find find) => find.Handle(text, reached: true, default))).Hits;
}

public sealed class Find_on_sqlite(FoundWorld<Sqlite> world) : FindTests<Sqlite>(world);

public sealed class Find_on_postgres(FoundWorld<Postgres> world) : FindTests<Postgres>(world);
