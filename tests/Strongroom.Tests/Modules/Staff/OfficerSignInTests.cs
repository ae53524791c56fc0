using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Staff;

/// <summary>Does something each time that sessions were read.</summary>
public sealed class AtWork : DbCommandInterceptor
{
    private bool busy;

    public Func<Task>? Meanwhile { get; set; }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (busy || Meanwhile is not { } meanwhile || !(command.CommandText.Contains("FROM session", StringComparison.Ordinal) || command.CommandText.Contains("FROM \"session\"", StringComparison.Ordinal))) return result;
        busy = true;
        await meanwhile();
        busy = false;
        return result;
    }
}

/// <summary>An office whose officers use their sessions all the time.</summary>
public sealed class BusyOffice<TEngine> : OfficeWorld<TEngine> where TEngine : IEngine
{
    public AtWork AtWork { get; } = new();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IInterceptor>(AtWork);
}

/// <summary>How an officer comes to a sign-in, loses it, and gets it anew.</summary>
public abstract class OfficerSignInTests<TEngine>(BusyOffice<TEngine> bank) : IClassFixture<BusyOffice<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task An_officer_gets_half_of_the_code_by_hand_and_half_by_mail()
    {
        var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Devi Nair", Email = "devi@example.in" }, "D-1"), default)).Fine();

        var invited = await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new("devi.nair"), default)).Fine();

        invited.SentTo.ShouldBe("d…@example.in");
        (await bank.Read(db => db.Set<Strongroom.Modules.Delivery.Message>().CountAsync(message => message.To == officer.Person && message.Confidential))).ShouldBe(1);
        (await bank.Read(db => db.UserFacts().SingleAsync(user => user.Person == officer.Person))).ShouldSatisfyAllConditions(
            user => user.UserName.ShouldBe("devi.nair"), user => user.Activated.ShouldBeFalse());
        await bank.By(bank.Manager, (InviteOfficer invite) => invite.Handle(officer.Id, new("devi.nair"), default)).RefusedWith(403, "not-allowed");
        var without = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Ela Bhat" }, "E-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(without.Id, new("ela.bhat"), default)).RefusedWith(409, "staff.no-email");
        var themselves = await OfficerOf(bank.Admin);
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(themselves, new("anil"), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task An_officer_who_lost_the_telephone_starts_over_and_what_they_signed_in_with_counts_no_more()
    {
        var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Gita Sen", Email = "gita@example.in" }, "G-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.StartOver(officer.Id, default)).RefusedWith(404, "not-found");
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new("gita.sen"), default)).Fine();
        var session = await SignedIn(officer.Person);

        var anew = await bank.By(bank.Admin, (InviteOfficer invite) => invite.StartOver(officer.Id, default)).Fine();

        anew.UserName.ShouldBe("gita.sen");
        (await bank.Read(db => db.UserFacts().SingleAsync(user => user.Person == officer.Person))).Activated.ShouldBeFalse();
        (await bank.Read(db => db.Set<Session>().SingleAsync(row => row.Id == session))).EndedAt.ShouldNotBeNull();
        (await Story(officer.Person)).ShouldContain("staff.started-over");
        await bank.By(bank.Manager, (InviteOfficer invite) => invite.StartOver(officer.Id, default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Admin, async (InviteOfficer invite) => await invite.StartOver(await OfficerOf(bank.Admin), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task A_sign_in_that_is_closed_ends_at_once_and_nobody_closes_their_own()
    {
        var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Hari Das", Email = "hari@example.in" }, "H-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new("hari.das"), default)).Fine();
        var session = await SignedIn(officer.Person);

        await bank.By(bank.Manager, (CloseSignIn slice) => slice.Close(officer.Id, default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Admin, (CloseSignIn slice) => slice.Close(officer.Id, default)).Fine();
        (await bank.Read(db => db.UserFacts().SingleAsync(user => user.Person == officer.Person))).Disabled.ShouldBeTrue();
        (await bank.Read(db => db.Set<Session>().SingleAsync(row => row.Id == session))).EndedAt.ShouldNotBeNull();
        await bank.By(bank.Admin, (CloseSignIn slice) => slice.Reopen(officer.Id, default)).Fine();
        (await bank.Read(db => db.UserFacts().SingleAsync(user => user.Person == officer.Person))).Disabled.ShouldBeFalse();
        (await Story(officer.Person)).ShouldSatisfyAllConditions(story => story.ShouldContain("sign-in.disabled"), story => story.ShouldContain("sign-in.enabled"));
        await bank.By(bank.Admin, async (CloseSignIn slice) => await slice.Close(await OfficerOf(bank.Admin), default)).RefusedWith(403, "not-allowed");
    }

    [Fact]
    public async Task Who_leaves_is_signed_out_everywhere()
    {
        var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Ina Roy", Email = "ina@example.in" }, "I-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new("ina.roy"), default)).Fine();
        var session = await SignedIn(officer.Person);
        var version = await bank.Read(db => db.Set<Officer>().Where(row => row.Id == officer.Id).Select(row => row.Version).SingleAsync());

        await bank.By(bank.Admin, (OfficerLeaves slice) => slice.Handle(officer.Id, default), version).Fine();

        (await bank.Read(db => db.Set<Session>().SingleAsync(row => row.Id == session))).EndedAt.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_administrator_signs_one_officer_out_everywhere_or_everybody_but_themselves()
    {
        var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Jaya Pillai", Email = "jaya@example.in" }, "J-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new("jaya.pillai"), default)).Fine();
        var other = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = "Kiran Shetty", Email = "kiran@example.in" }, "K-1"), default)).Fine();
        await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(other.Id, new("kiran.shetty"), default)).Fine();
        var (hers, his, mine) = (await SignedIn(officer.Person), await SignedIn(other.Person), await SignedIn(other.Person));

        await bank.By(bank.Manager, (EndOfficersSessions slice) => slice.One(officer.Id, default)).RefusedWith(403, "not-allowed");
        await bank.By(bank.Admin, (EndOfficersSessions slice) => slice.One(officer.Id, default)).Fine();
        (await IsOpen(hers), await IsOpen(his)).ShouldBe((false, true));
        (await bank.Read(db => db.UserFacts().SingleAsync(user => user.Person == officer.Person))).Disabled.ShouldBeFalse("the sign-in stays open");

        await bank.By(bank.Manager, (EndOfficersSessions slice) => slice.All(default)).RefusedWith(403, "not-allowed");
        (await IsOpen(his)).ShouldBeTrue();
        (await bank.By(bank.Admin with { Session = mine }, (EndOfficersSessions slice) => slice.All(default)).Fine()).Ended.ShouldBeGreaterThanOrEqualTo(1);
        (await IsOpen(his), await IsOpen(mine)).ShouldBe((false, true));

        bank.Clock.Advance(TimeSpan.FromMinutes(10));
        await bank.By(bank.Admin with { Session = mine }, (EndOfficersSessions slice) => slice.All(default)).RefusedWith(403, "sign-in.not-fresh");

        Task<bool> IsOpen(SessionId session) => bank.Read(db => db.Set<Session>().AnyAsync(row => row.Id == session && row.EndedAt == null));
    }

    [Fact]
    public async Task Everybody_is_signed_out_also_while_all_of_them_are_at_work()
    {
        List<SessionId> open = [];
        for (var number = 0; number < 4; number++)
        {
            var officer = await bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = $"Busy Officer {number}", Email = $"busy{number}@example.in" }, $"BY-{number}"), default)).Fine();
            await bank.By(bank.Admin, (InviteOfficer invite) => invite.Handle(officer.Id, new($"busy.{number}"), default)).Fine();
            for (var browser = 0; browser < 6; browser++) open.Add(await SignedIn(officer.Person));
        }
        // Whoever reads their rows finds that one of them was used again before they are saved.
        var (seen, now) = (bank.App.Services.GetRequiredService<SeenSessions>(), bank.Clock.UtcNow());
        bank.AtWork.Meanwhile = () => seen.Note(open[^1], now += TimeSpan.FromMinutes(1), default);

        var outcome = await bank.By(bank.Admin, (EndOfficersSessions slice) => slice.All(default));
        bank.AtWork.Meanwhile = null;

        outcome.Refusal.ShouldBeNull();
        outcome.Value!.Ended.ShouldBeGreaterThanOrEqualTo(open.Count);
        (await bank.Read(db => db.Set<Session>().CountAsync(row => open.Contains(row.Id) && row.EndedAt == null))).ShouldBe(0);
        (await bank.Read(db => db.EventFacts().CountAsync(happened => happened.Kind == "sign-in.everybody-signed-out"))).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task The_command_line_enters_all_of_an_officer_or_nothing()
    {
        var enlisted = await bank.By(Actor.System, (EnlistOfficer enlist) => enlist.Handle(new("Farid Baig", "farid", "F-1", Role.Custodian, "001"), default)).Fine();
        enlisted.Invitation.CounterHalf.ShouldNotBe(enlisted.Invitation.SentHalf);
        (await bank.SignedIn(enlisted.Person)).MayAt("access.serve", bank.MgRoad).ShouldBeTrue();

        await bank.By(Actor.System, (EnlistOfficer enlist) => enlist.Handle(new("Gita Rao", "farid", "G-1", Role.Custodian, "001"), default)).RefusedWith(409, "sign-in.user-name-taken");
        await bank.By(Actor.System, (EnlistOfficer enlist) => enlist.Handle(new("Gita Rao", "gita", "G-1", Role.Custodian, "no-branch"), default)).RefusedWith(404, "not-found");
        await bank.By(bank.Admin, (EnlistOfficer enlist) => enlist.Handle(new("Gita Rao", "gita", "G-1", Role.Custodian, "001"), default)).RefusedWith(403, "not-allowed");
        (await bank.Read(db => db.PersonFacts().AnyAsync(person => person.Name == "Gita Rao"))).ShouldBeFalse();
    }

    private Task<List<string>> Story(PersonId person) => bank.Read(db =>
        (from about in db.EventAbouts() join happened in db.EventFacts() on about.Event equals happened.Id where about.Id == person.Value select happened.Kind).ToListAsync());

    /// <summary>A session of this person, begun without the ceremony.</summary>
    private Task<SessionId> SignedIn(PersonId person) => bank.In(async services =>
    {
        var db = services.GetRequiredService<StrongroomDb>();
        var user = await db.Set<User>().SingleAsync(row => row.Person == person);
        var begun = await services.GetRequiredService<Write>().Do<SessionBegun>("test.session", person, async act => await BeginSession.Of(db, act, user, Means.PasswordAndCode, enrolling: false, http: null, default), default);
        return new SessionId(Ticket.Parse(begun.Value!.Cookie)!.Value.Id);
    });

    private Task<OfficerId> OfficerOf(Actor actor) => bank.Read(db => db.OfficerFacts().Where(row => row.Person == actor.Person).Select(row => row.Id).SingleAsync());
}

public sealed class Officer_sign_in_on_sqlite(BusyOffice<Sqlite> bank) : OfficerSignInTests<Sqlite>(bank);

public sealed class Officer_sign_in_on_postgres(BusyOffice<Postgres> bank) : OfficerSignInTests<Postgres>(bank);
