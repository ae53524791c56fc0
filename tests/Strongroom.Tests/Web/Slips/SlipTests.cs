using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;
using Strongroom.Web.Slips;

namespace Strongroom.Tests.Web.Slips;

/// <summary>What a hirer takes home from a visit.</summary>
public abstract class SlipTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task The_desk_prints_the_slip_of_a_visit_and_that_is_an_event_of_it()
    {
        var hire = await world.NewHire();
        var visit = await Visit(hire);
        using var desk = await world.SignIn(Bank.Custodian);

        (await desk.GetStringAsync($"/desk/visits/{visit}")).ShouldContain($"href=\"/desk/visits/{visit}/slip\"");
        await IsPdf(await desk.GetAsync($"/desk/visits/{visit}/slip"), "slip-en");

        (await world.Read(db => db.TimelineOf(Subject.Of(visit), null, 1, default)))[0].Kind.ShouldBe("access.slip-printed");
        (await desk.GetAsync($"/desk/visits/{Guid.Empty}/slip")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_hirer_downloads_their_own_in_their_own_language_and_nobody_elses()
    {
        var (hire, other) = (await world.NewHire(), await world.NewHire());
        var (visit, others) = (await Visit(hire), await Visit(other));
        var player = await Bank.OpenAccess(hire, $"slip{hire.Number}");
        await world.Lab.Do<ChooseLanguage, Done>(hire.Hirer, slice => slice.Handle(hire.Hirer, new("hi"), default));
        using var phone = await world.SignIn(player);

        (await phone.GetStringAsync($"/account/visits/{visit}")).ShouldContain($"href=\"/account/visits/{visit}/slip\"");
        await IsPdf(await phone.GetAsync($"/account/visits/{visit}/slip"), "slip-hi");
        (await phone.GetAsync($"/account/visits/{others}/slip")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await phone.GetAsync($"/desk/visits/{visit}/slip")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task It_says_who_came_as_what_the_number_of_the_year_and_where_to_complain()
    {
        var hire = await world.NewHire();
        await Visit(hire);
        var second = await Visit(hire);

        var slip = await Read(second, hire.Hirer);

        (slip.As, slip.InYear, slip.Officer, slip.Locker).ShouldBe((ComesAs.Hirer, 2, Bank.Custodian.Name, hire.Number));
        slip.Complaint.ShouldNotBeNull();
        using var anybody = world.Client();
        (await anybody.GetStringAsync(slip.Complaint)).ShouldContain("Open a complaint");
    }

    [Fact]
    public async Task Of_a_refusal_it_says_only_what_the_customer_is_told()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(HoldKind.Suspicion, "canary-of-suspicion", null), default));
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));

        var slip = await Read(admission.Id, hire.Hirer);

        slip.Told.ShouldBe("Please speak with the branch manager about your locker.");
        (slip.InYear, slip.Complaint).ShouldBe((null, null));
    }

    [Fact]
    public void Every_language_has_every_word()
    {
        SlipWords.Languages.ShouldBe(["en", "hi"], ignoreOrder: true);
        foreach (var words in SlipWords.Languages.Select(SlipWords.In))
        {
            foreach (var check in Enum.GetValues<IdentityCheck>()) words.Checks[check].ShouldNotBeEmpty();
            foreach (var sign in Enum.GetValues<OperatorSign>()) words.Signs[sign].ShouldNotBeEmpty();
            foreach (var answer in Enum.GetValues<Answer>()) words.Decided[answer].ShouldNotBeEmpty();
            foreach (var outcome in Enum.GetValues<SlipOutcome>()) words.Outcomes[outcome].ShouldNotBeEmpty();
        }
        SlipWords.In("ta").ShouldBe(SlipWords.In("en"));
    }

    private async Task<VisitId> Visit(Hire hire)
    {
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        return admission.Id;
    }

    private Task<VisitSlip> Read(VisitId id, PersonId reader) => world.In(async services =>
        await services.GetRequiredService<ReadSlip>().Of(await services.GetRequiredService<Strongroom.Data.StrongroomDb>().VisitFacts().SingleAsync(row => row.Id == id), reader, default));

    private static async Task IsPdf(HttpResponseMessage response, string name)
    {
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        if (Environment.GetEnvironmentVariable("STRONGROOM_SCREENSHOTS") is { } folder) await File.WriteAllBytesAsync(Path.Combine(folder, $"{name}.pdf"), await response.Content.ReadAsByteArrayAsync());
    }
}

public sealed class Slips_on_sqlite(OpenDayWorld<Sqlite> world) : SlipTests<Sqlite>(world);

public sealed class Slips_on_postgres(OpenDayWorld<Postgres> world) : SlipTests<Postgres>(world);
