using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

public sealed class ShellWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }
}

/// <summary>What an officer sees on pages, read as text.</summary>
public abstract class ShellTests<TEngine>(ShellWorld<TEngine> world) : IClassFixture<ShellWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task The_header_calls_people_by_their_name_and_the_profile_tells_the_user_name_too()
    {
        using var browser = await world.SignIn(Bank.Custodian);

        var page = await browser.GetStringAsync("/profile");

        page.ShouldContain("Ravi Kulkarni<span class=\"unseen\">, your profile</span></a>");
        page.Split("</header>")[0].ShouldNotContain(">custodian<");
        page.ShouldContain("<dd>Ravi Kulkarni</dd>");
        page.ShouldContain("<dd>custodian</dd>");
    }

    /// <summary>The framework does not wait for what a page reads that is shown in another's place; on a database that answers later, its connection went back half read.</summary>
    [Fact]
    public async Task After_a_page_that_does_not_exist_every_other_page_still_opens()
    {
        using var browser = await world.SignIn(Bank.Custodian);

        for (var again = 0; again < 3; again++)
        {
            (await browser.Missing("/no/such/page")).ShouldContain("There is no page here");
            (await browser.GetStringAsync("/profile")).ShouldContain("Ravi Kulkarni<span class=\"unseen\">, your profile</span></a>");
        }
    }

    [Fact]
    public async Task A_page_of_a_thing_that_is_not_there_says_so_in_its_own_words_with_status_404()
    {
        using var browser = await world.SignIn(Bank.Custodian);

        (await browser.Missing("/desk/lockers/01900000-0000-7000-8000-00000000dead")).ShouldContain("There is no such locker, or it is not yours to see");
    }

    [Fact]
    public async Task Passed_rules_are_folded_behind_their_count_and_the_decision_keeps_them_all()
    {
        using var browser = await world.SignIn(Bank.Custodian);
        var visit = await Bank.Identify(await Bank.CheckIn(await world.NewHire()));

        var before = await browser.GetStringAsync($"/desk/visits/{visit.Id}");
        await Bank.Admit(visit);
        var after = await browser.GetStringAsync($"/desk/visits/{visit.Id}");

        before.ShouldContain($"<summary>{AccessRules.All.Count} rules passed</summary>");
        before.Split("<li class=\"pass\">").Length.ShouldBe(AccessRules.All.Count + 1);
        after.ShouldNotContain("rules passed");
        after.Split("<li class=\"pass\">").Length.ShouldBe(AccessRules.All.Count + 1);
    }

    [Fact]
    public async Task What_refuses_stands_open_above_the_rules_that_passed()
    {
        using var browser = await world.SignIn(Bank.Custodian);
        var hire = await world.NewHire();
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(Strongroom.Modules.Agreements.Contracts.HoldKind.Court, "Order 12", null, "12/2026"), default));
        var visit = await Bank.Identify(await Bank.CheckIn(hire));

        var page = await browser.GetStringAsync($"/desk/visits/{visit.Id}");

        page.IndexOf("A hold is in force: court order.", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{AccessRules.All.Count - 1} rules passed"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signature_tells_its_time_by_the_branchs_clock()
    {
        using var browser = await world.SignIn(Bank.Custodian);
        var hire = await world.NewHire();
        var visit = await Bank.Identify(await Bank.CheckIn(hire));
        var asked = await world.Lab.Do<AskSecondOfficer, VisitStep>(Bank.Custodian.Person, slice => slice.Handle(visit.Id, default), visit.Version);
        var signature = await world.Read(db => Task.FromResult(db.Set<Visit>().Where(row => row.Id == asked.Id).Select(row => row.SecondSignature!.Value).Single()));
        var until = world.Lab.Now.AddMinutes(5).InZone("Asia/Kolkata").ToString("HH:mm");

        (await browser.GetStringAsync($"/sign/{signature}")).ShouldContain($">{until}</time>");
        using var counter = await world.SignIn(Bank.CounterOfficer);
        (await counter.GetStringAsync("/sign")).ShouldContain($">{until}</time>");
    }
}

public sealed class Shell_on_sqlite(ShellWorld<Sqlite> world) : ShellTests<Sqlite>(world);

public sealed class Shell_on_postgres(ShellWorld<Postgres> world) : ShellTests<Postgres>(world);
