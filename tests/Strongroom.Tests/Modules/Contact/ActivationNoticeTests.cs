using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Contact;

public abstract class ActivationNoticeTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Every_address_of_the_person_hears_that_the_sign_in_was_activated()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(ChannelKind.Email, $"second{hire.Number}@example.in"), default));
        await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(ChannelKind.Mobile, "98765 43210"), default));

        (await Told(hire.Hirer)).ShouldBeEmpty();
        await Bank.OpenAccess(hire, $"hirer{hire.Number}");

        var told = await Told(hire.Hirer);
        told.Count.ShouldBe(3);
        told.Single(each => each.Message.Medium == MessageMedium.Sms).Body.ShouldContain("If it was not you");
        told = told.FindAll(each => each.Message.Medium == MessageMedium.Email);
        told[0].Body.ShouldContain($"Dear {hire.Name}");
        told[0].Body.ShouldContain("Monday 23 November 2026 at 11:", customMessage: "the branch's time");
        told[0].Body.ShouldNotContain($"hirer{hire.Number}", customMessage: "no user name for who reads a mailbox that is not theirs");
    }

    [Fact]
    public async Task Who_starts_over_and_activates_again_is_told_again()
    {
        var hire = await world.NewHire();
        await Bank.OpenAccess(hire, $"again{hire.Number}");
        var anew = await world.Lab.As(null, services => services.GetRequiredService<Write>().Do("test.start-over", "",
            act => ActivationContract.StartOver(services.GetRequiredService<StrongroomDb>(), act, hire.Hirer, default), default));

        await Joining.Activate(world.Lab, hire.Hirer, hire.Name, anew.Value!);

        (await Told(hire.Hirer)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_changes_how_they_sign_in_is_told_at_every_address_what_was_changed()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(ChannelKind.Mobile, "98765 43211"), default));
        var hirer = await Bank.OpenAccess(hire, $"changes{hire.Number}");
        (await Messages(hire.Hirer, TellOfSignIn.ChangePurpose)).ShouldBeEmpty("what belongs to the activation is told with it");
        using var browser = await world.SignIn(hirer);

        (await browser.PostForm("/profile/password", "password", ("Input.Current", "not the password"), ("Input.Password", "another one of nineteen"))).IsSuccessStatusCode.ShouldBeTrue();
        (await Messages(hire.Hirer, TellOfSignIn.ChangePurpose)).ShouldBeEmpty("a wrong current password changes nothing");
        (await browser.PostForm("/profile/password", "password", ("Input.Current", hirer.Password), ("Input.Password", "another one of nineteen"))).Leads();
        (await browser.PostForm("/profile/recovery-codes", "codes")).IsSuccessStatusCode.ShouldBeTrue();

        var told = await Messages(hire.Hirer, TellOfSignIn.ChangePurpose);
        told.Count.ShouldBe(4);
        told.Count(each => each.Body.Contains("a new password was set", StringComparison.Ordinal)).ShouldBe(2);
        told.Count(each => each.Body.Contains("new recovery codes were made", StringComparison.Ordinal)).ShouldBe(2);
        told.ShouldAllBe(each => each.Body.Contains("If it was not", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whose_name_is_tried_until_it_pauses_is_told_once_at_every_address()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<AddChannel, ChannelAdded>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new(ChannelKind.Mobile, "98765 43213"), default));
        var hirer = await Bank.OpenAccess(hire, $"tried{hire.Number}");
        using var stranger = world.Client();

        for (var attempt = 0; attempt < 4; attempt++) await stranger.GivePassword(hirer.UserName, "not the password at all");
        await Report();
        (await Messages(hire.Hirer, TellOfSignIn.AttemptPurpose)).ShouldBeEmpty("four may be a bad morning");
        await stranger.GivePassword(hirer.UserName, "not the password at all");
        await Report();
        for (var more = 0; more < 2; more++)
        {
            world.Clock.Advance(TimeSpan.FromMinutes(16));
            await stranger.GivePassword(hirer.UserName, "not the password at all");
            await Report();
        }

        var told = await Messages(hire.Hirer, TellOfSignIn.AttemptPurpose);
        told.Count.ShouldBe(2, "once, at both addresses");
        told.ShouldAllBe(each => each.Body.Contains("If it was not", StringComparison.Ordinal) && !each.Body.Contains(hirer.UserName));

        Task<int> Report() => world.In(async services =>
        {
            await services.GetRequiredService<Strongroom.Modules.SignIn.Attempts.ReportFailures>().Run(world.Clock.GetUtcNow().UtcDateTime, default);
            return 0;
        });
    }

    [Fact]
    public async Task The_invitations_name_the_link_that_stands_on_the_page_where_one_signs_in()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<InviteOnline, InvitedOnline>(Bank.Manager.Person, slice => slice.Handle(hire.Hirer, new($"invited{hire.Number}"), default));
        var officer = await world.Lab.Do<AddOfficer, OfficerAdded>(Bank.Admin.Person, slice => slice.Handle(
            new(null, new() { Name = "New Officer", Email = "new.officer@example.in" }, "E-900"), default));
        await world.Lab.Do<InviteOfficer, OfficerInvited>(Bank.Admin.Person, slice => slice.Handle(officer.Id, new("new.officer"), default));
        using var browser = world.Client();
        var page = await browser.GetStringAsync("/sign-in");

        page.ShouldContain($"<a href=\"/activate\">{ActivationContract.PageTitle}</a>");
        (await browser.GetStringAsync("/activate")).ShouldContain($"<h1>{ActivationContract.PageTitle}</h1>");
        (await Messages(hire.Hirer, "activation")).ShouldHaveSingleItem().Body.ShouldContain($"\"{ActivationContract.PageTitle}\"");
        (await Messages(officer.Person, "activation")).ShouldHaveSingleItem().Body.ShouldContain($"\"{ActivationContract.PageTitle}\"");
    }

    private Task<List<(Message Message, string Body)>> Told(PersonId person) => Messages(person, TellOfSignIn.Purpose);

    private Task<List<(Message Message, string Body)>> Messages(PersonId person, string purpose) => world.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var messages = await db.Set<Message>().AsNoTracking().Where(row => row.To == person && row.Purpose == purpose).ToListAsync();
        var key = await services.GetRequiredService<Seals>().KeyOf(db, person, default);
        return messages.ConvertAll(message => (message, key.Open("message.body", message.Id.Value, message.Body)));
    });
}

public sealed class Activation_notices_on_sqlite(BankWorld<Sqlite> world) : ActivationNoticeTests<Sqlite>(world);

public sealed class Activation_notices_on_postgres(BankWorld<Postgres> world) : ActivationNoticeTests<Postgres>(world);
