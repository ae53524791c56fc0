using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

/// <summary>Letters through the pages of the desk, as whoever prints and posts them does.</summary>
public abstract class LetterPageTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    // A test makes its class anew, and the bank is one for all of them.
    private static int lockers;

    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_letter_is_printed_posted_by_its_number_and_noted_when_it_comes_back()
    {
        var (hire, letter, visit) = await Letter();
        using var desk = await world.SignIn(Bank.Manager);

        (await desk.GetStringAsync("/desk/letters")).ShouldContain($"/desk/letters/{letter}/pdf");
        var pdf = await desk.GetAsync($"/desk/letters/{letter}/pdf");
        pdf.Content.Headers.ContentType!.MediaType.ShouldBe("application/pdf");
        pdf.Headers.CacheControl!.NoStore.ShouldBeTrue();
        Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync()).ShouldStartWith("%PDF-");
        (await desk.GetStringAsync($"/desk/letters/{letter}")).ShouldContain(hire.Name);

        (await (await desk.PostForm($"/desk/letters/{letter}", "post", ("Input.PostNumber", ""))).Content.ReadAsStringAsync()).ShouldContain("Enter the number on the post&#x27;s receipt");
        (await desk.PostForm($"/desk/letters/{letter}", "post", ("Input.PostNumber", "RK 123 456 IN"))).Leads().ShouldBe("/desk/letters");
        var posted = await desk.GetStringAsync("/desk/letters");
        posted.ShouldContain("RK 123 456 IN");
        posted.ShouldNotContain($"/desk/letters/{letter}/pdf");
        (await world.Read(db => db.ObligationFacts().SingleAsync(row => row.Visit == visit))).State.ShouldBe(ObligationState.Met);
        (await desk.Missing($"/desk/letters/{letter}")).ShouldContain("No such letter");

        (await desk.PostForm("/desk/letters", $"return-{letter}")).Leads().ShouldBe("/desk/letters");
        (await desk.GetStringAsync("/desk/letters")).ShouldContain("came back");
        var story = await world.Read(db => db.TimelineOf(Subject.Of(hire.Hirer), null, 20, default));
        foreach (var kind in new[] { "delivery.printed", "delivery.posted", "delivery.returned" }) story.ShouldContain(happened => happened.Kind == kind);
    }

    [Fact]
    public async Task Whoever_posts_no_letters_sees_none_and_gets_no_pdf()
    {
        var (hire, letter, _) = await Letter();
        using var hirer = await world.SignIn(await Bank.OpenAccess(hire, $"letters{lockers}"));
        using var admin = await world.SignIn(Bank.Admin);
        using var nobody = world.Client();

        foreach (var client in new[] { hirer, admin, nobody })
        {
            (await client.GetAsync($"/desk/letters/{letter}/pdf")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
            (await (await client.GetAsync("/desk/letters")).Content.ReadAsStringAsync()).ShouldNotContain(letter.ToString());
        }
        (await world.Read(db => db.Set<Message>().SingleAsync(row => row.Id == letter))).State.ShouldBe(MessageState.ToPost);
    }

    /// <summary>A hirer whom neither e-mail nor SMS reaches has opened their locker.</summary>
    private async Task<(Hire Hire, MessageId Letter, VisitId Visit)> Letter()
    {
        var hire = await Bank.LetTo($"Post Only {Guid.NewGuid():N}", Bank.Lockers.Count - 1 - lockers++, email: null, Pictures.Small);
        var version = await world.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Version).SingleAsync());
        var cif = await world.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Cif).SingleAsync());
        await world.Lab.Do<EditPerson, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(hire.Name, cif, null, "12 Temple Street\nBengaluru 560001", "en"), default), version);
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        return (hire, await world.Read(db => db.Set<Message>().Where(row => row.To == hire.Hirer && row.Medium == MessageMedium.Letter).Select(row => row.Id).SingleAsync()), admission.Id);
    }
}

public sealed class LetterPage_on_sqlite(OpenDayWorld<Sqlite> world) : LetterPageTests<Sqlite>(world);

public sealed class LetterPage_on_postgres(OpenDayWorld<Postgres> world) : LetterPageTests<Postgres>(world);
