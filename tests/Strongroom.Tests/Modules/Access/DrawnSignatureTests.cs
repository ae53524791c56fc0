using System.Net;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Blobs;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R11: a signature drawn at the counter, held beside the specimen.</summary>
public abstract class DrawnSignatureTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private static readonly AuditKind Erased = new("test.erased-signer", "Erased");

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task What_the_hirer_draws_is_kept_sealed_with_its_hash_in_the_log_and_seen_on_the_visit()
    {
        var hire = await Hire();
        var visit = await Bank.CheckIn(hire);
        using var desk = await world.SignIn(Bank.CounterOfficer);

        var page = await desk.GetStringAsync($"/desk/visits/{visit.Id}");
        page.ShouldContain("let the hirer sign the paper slip", Case.Insensitive);
        (await desk.PostForm($"/desk/visits/{visit.Id}", "identify", ("Identity.Check", "PhotographCompared"), ("Identity.Sign", "DrawnOnScreen"),
            ("Identity.Drawn", Pictures.Signature()), ("Identity.Agrees", "true"))).Leads().ShouldBe($"/desk/visits/{visit.Id}");

        var kept = await world.Read(db => db.Set<Visit>().SingleAsync(row => row.Id == visit.Id));
        (kept.State, kept.OperatorSign).ShouldBe((VisitState.Identified, OperatorSign.DrawnOnScreen));
        (await desk.GetStringAsync($"/desk/visits/{visit.Id}")).ShouldContain($"src=\"/desk/visits/{visit.Id}/signature\"");
        var shown = await desk.GetAsync($"/desk/visits/{visit.Id}/signature");
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        shown.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var picture = await shown.Content.ReadAsByteArrayAsync();
        var happened = (await world.Read(db => db.TimelineOf(Subject.Of(visit.Id), null, 5, default))).Single(one => one.Kind == "access.identified");
        (happened.Data["sign"], happened.Data["drawn-sha256"]).ShouldBe(("DrawnOnScreen", Convert.ToHexStringLower(SHA256.HashData(picture))));
        var blob = await world.Read(db => db.Set<Blob>().SingleAsync(row => row.Id == kept.Drawn));
        blob.Owner.ShouldBe(hire.Hirer);
        blob.Content!.ToString().ShouldBe("(sealed)");

        using var nobody = world.Client();
        (await nobody.GetAsync($"/desk/visits/{visit.Id}/signature")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"signer{hire.Number}"));
        (await hirer.GetAsync($"/desk/visits/{visit.Id}/signature")).StatusCode.ShouldNotBe(HttpStatusCode.OK);

        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            db.Remove(await db.Set<PersonKey>().SingleAsync(row => row.Person == hire.Hirer));
            db.Append(services.GetRequiredService<SystemActs>().At(world.Lab.Now), new Event(Erased));
            return await db.SaveChangesAsync();
        });
        (await desk.GetAsync($"/desk/visits/{visit.Id}/signature")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(null, true, "customers.nothing-drawn")]
    [InlineData("blank", true, "customers.nothing-drawn")]
    [InlineData("data:image/png;base64,@@@", true, "customers.not-a-drawing")]
    [InlineData("jpeg", true, "customers.not-a-drawing")]
    [InlineData("huge", true, "customers.not-a-drawing")]
    [InlineData("signed", false, "access.not-compared")]
    public async Task What_is_no_signature_or_was_not_compared_is_refused_and_nothing_is_kept(string? drawn, bool agrees, string code)
    {
        var hire = await Hire();
        var visit = await Bank.CheckIn(hire);
        var sent = drawn switch
        {
            "blank" => Pictures.Signature(signed: false),
            "jpeg" => Convert.ToBase64String(Picture.Normalise(Pictures.Small) is var kept && kept.Refused(out _, out var jpeg) ? [] : jpeg),
            "huge" => Pictures.Signature(1700, 288),
            "signed" => Pictures.Signature(),
            _ => drawn,
        };

        (await Identify(visit, sent, agrees)).ShouldBe(code);

        (await world.Read(db => db.Set<Visit>().SingleAsync(row => row.Id == visit.Id))).Drawn.ShouldBeNull();
        await Bank.Identify(visit);
    }

    [Fact]
    public async Task Without_a_specimen_there_is_nothing_to_compare_with_and_the_slip_is_signed()
    {
        var visit = await Bank.CheckIn(await world.NewHire());

        (await Identify(visit, Pictures.Signature(), agrees: true)).ShouldBe("access.nothing-to-compare");

        (await Bank.Identify(visit)).State.ShouldBe(VisitState.Identified);
    }

    [Fact]
    public async Task A_page_that_comes_back_says_why_and_what_was_drawn_is_there_still()
    {
        var visit = await Bank.CheckIn(await Hire());
        using var desk = await world.SignIn(Bank.CounterOfficer);
        var drawn = Pictures.Signature();

        var page = await (await desk.PostForm($"/desk/visits/{visit.Id}", "identify", ("Identity.Check", "PhotographCompared"), ("Identity.Sign", "DrawnOnScreen"),
            ("Identity.Drawn", drawn), ("Identity.Witness", ""), ("Identity.Escort", ""))).Content.ReadAsStringAsync();

        page.ShouldContain("Nobody has said that it agrees with the specimen");
        page.ShouldNotContain("this is needed");
        System.Net.WebUtility.HtmlDecode(page).ShouldContain(drawn);
    }

    [Fact]
    public async Task An_act_that_is_undone_forgets_the_drawing()
    {
        var visit = await Bank.CheckIn(await Hire());
        var step = await world.Lab.Do<Identify, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Handle(visit.Id,
            new(IdentityCheck.KnownToOfficer, OperatorSign.DrawnOnScreen, Drawn: Pictures.Signature(), Agrees: true), default), visit.Version);

        await world.Lab.Do<UndoAct, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Handle(visit.Id, default), step.Version);

        var row = await world.Read(db => db.Set<Visit>().SingleAsync(row => row.Id == visit.Id));
        (row.State, row.Drawn, row.OperatorSign).ShouldBe((VisitState.Waiting, null, null));
    }

    private Task<string?> Identify(VisitStep visit, string? drawn, bool agrees) => world.Lab.As(Bank.CounterOfficer.Person, async services =>
        (await services.GetRequiredService<Identify>().Handle(visit.Id, new(IdentityCheck.PhotographCompared, OperatorSign.DrawnOnScreen, Drawn: drawn, Agrees: agrees), default)).Refusal?.Code, visit.Version);

    /// <summary>A hirer with a specimen signature.</summary>
    private async Task<Hire> Hire()
    {
        var hire = await world.NewHire();
        var version = await world.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Version).SingleAsync());
        await world.Lab.Do<TakePicture, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, PictureKind.Specimen, Pictures.Small, world.Lab.Now.DateIn("Asia/Kolkata"), default), version);
        return hire;
    }
}

public sealed class DrawnSignature_on_sqlite(OpenDayWorld<Sqlite> world) : DrawnSignatureTests<Sqlite>(world);

public sealed class DrawnSignature_on_postgres(OpenDayWorld<Postgres> world) : DrawnSignatureTests<Postgres>(world);
