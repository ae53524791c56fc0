using System.Net;
using System.Text.RegularExpressions;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web.Desk;

public abstract partial class WorkPageTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task The_manager_sees_first_what_cannot_wait_and_every_number_leads_to_its_rows()
    {
        var hire = await Bank.LetTo("Warned Rao", 3);
        await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)), "Photograph promised");
        await world.Lab.Do<NoteOccurrence, OccurrenceNoted>(Bank.Custodian.Person, slice => slice.Handle(Bank.Branch, new(OccurrenceKind.PowerLost, null, null, "Dark for ten minutes", false), default));
        using var desk = await world.SignIn(Bank.Manager);

        var page = WebUtility.HtmlDecode(await desk.GetStringAsync("/desk/work"));

        page.ShouldContain("First: 1 thing that went wrong at the vault");
        page.ShouldContain("visit admitted with a warning");
        page.ShouldContain("1 of 2 parties inside");
        foreach (var link in Links().Matches(page[page.IndexOf("data-live-region=\"glance\"", StringComparison.Ordinal)..page.IndexOf("data-live-region=\"lists\"", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value))
        {
            var rows = await desk.GetAsync(link);
            rows.StatusCode.ShouldBe(HttpStatusCode.OK, link);
            if (link.Split('#') is [_, var anchor]) page.ShouldContain($"id=\"{anchor}\"");
        }
    }

    [Fact]
    public async Task Visits_with_a_second_officer_and_refused_ones_are_a_list_of_their_own()
    {
        using var desk = await world.SignIn(Bank.Manager);
        var all = await desk.GetStringAsync($"/desk/visits?branch={Bank.Branch}&with=Nonsense");
        all.ShouldNotContain("Only those");
        (await desk.GetStringAsync($"/desk/visits?branch={Bank.Branch}&with=SecondOfficer")).ShouldContain("Only those with a second officer");
        (await desk.GetStringAsync($"/desk/visits?branch={Bank.Branch}&with=Refused")).ShouldContain("Only those that were refused");
    }

    [Fact]
    public async Task A_form_in_a_live_part_is_a_form_like_any_other()
    {
        var visit = await Bank.CheckIn(await Bank.LetTo("Form Rao", 4));
        using var desk = await world.SignIn(Bank.Custodian);
        var page = $"/desk/visits/{visit.Id}";

        var answer = await desk.PostForm(page, "identify", ("Identity.Check", "PhotographCompared"), ("Identity.Sign", "SlipSigned"), ("Identity.Witness", ""));

        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        (await desk.GetStringAsync(page)).ShouldContain("May this locker be opened now?");
    }

    [Fact]
    public async Task A_header_has_few_links_and_the_others_stand_where_they_belong()
    {
        using var manager = await world.SignIn(Bank.Manager);
        Header(await manager.GetStringAsync("/desk")).ShouldBe(["Today", "Work to do", "Day", "Custody", "People", "Lockers", "Messages"]);
        (await manager.GetStringAsync("/desk/messages")).ShouldContain("href=\"/desk/obligations\"");
        (await manager.GetStringAsync("/desk/work")).ShouldContain("href=\"/desk/inspections\"");
        (await manager.GetStringAsync("/profile")).ShouldContain("href=\"/desk/relatives\"");
        using var custodian = await world.SignIn(Bank.Custodian);
        Header(await custodian.GetStringAsync("/desk")).ShouldBe(["Today", "Day", "Custody", "People", "Lockers", "Inspections"]);
        using var counter = await world.SignIn(Bank.CounterOfficer);
        Header(await counter.GetStringAsync("/desk")).ShouldBe(["Today", "People", "Lockers", "Letters"]);
    }

    private static List<string> Header(string page)
    {
        var nav = page[page.IndexOf("<nav", StringComparison.Ordinal)..];
        return [.. Labels().Matches(nav[..nav.IndexOf("</nav>", StringComparison.Ordinal)]).Select(match => match.Groups[1].Value)];
    }

    [GeneratedRegex("href=\"([^\"]+)\"")]
    private static partial Regex Links();

    [GeneratedRegex("<a [^>]*>([^<]+)</a>")]
    private static partial Regex Labels();
}

public sealed class Work_page_on_sqlite(OpenDayWorld<Sqlite> world) : WorkPageTests<Sqlite>(world);

public sealed class Work_page_on_postgres(OpenDayWorld<Postgres> world) : WorkPageTests<Postgres>(world);
