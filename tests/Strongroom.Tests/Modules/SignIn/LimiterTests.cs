using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

public abstract class LimiterTests<TEngine>(SignInWorld<TEngine> world) : IClassFixture<SignInWorld<TEngine>> where TEngine : IEngine
{
    private Limiter Limiter => world.App.Services.GetRequiredService<Limiter>();

    [Theory]
    [InlineData("ida")]
    [InlineData("nobody.here")]
    public async Task After_five_failures_an_account_pauses_and_the_right_password_must_wait_too(string userName)
    {
        var ida = userName == "ida" ? await world.NewUser(userName) : null;
        using var browser = world.Client();
        for (var i = 0; i < 5; i++) await Answer(browser, userName, "not the password at all", "sign-in.wrong");

        await Answer(browser, userName, ida?.Password ?? "any password of nobody", "sign-in.too-many-attempts");

        world.Clock.Advance(TimeSpan.FromMinutes(1));
        if (ida is not null) (await browser.GivePassword(userName, ida.Password)).Leads().ShouldBe("/sign-in/code");
        else await Answer(browser, userName, "any password of nobody", "sign-in.wrong");
    }

    [Fact]
    public async Task A_known_password_buys_no_guesses_at_the_code()
    {
        var jaya = await world.NewUser("jaya");
        using var browser = world.Client();
        await browser.GivePassword(jaya.UserName, jaya.Password);
        for (var i = 0; i < 4; i++)
        {
            await browser.PostForm("/sign-in/code", "code", ("Input.Code", "12345" + i));
            await browser.GivePassword(jaya.UserName, jaya.Password);
        }
        await browser.PostForm("/sign-in/code", "code", ("Input.Code", "123459"));

        await Answer(browser, jaya.UserName, jaya.Password, "sign-in.too-many-attempts");
    }

    [Fact]
    public async Task Success_lets_an_account_start_anew()
    {
        for (var i = 0; i < 4; i++) await Begin("kiran", "192.0.2.1");
        await Limiter.Succeeded(await Begin("kiran", "192.0.2.1"), default);

        for (var i = 0; i < 5; i++) await Begin("kiran", "192.0.2.1");
        (await Limiter.Begin("kiran", "192.0.2.1", default)).Refusal.ShouldBeOfType<TooManyAttempts>();
        (await Limiter.Begin("KIRAN ", "192.0.2.1", default)).Refusal.ShouldBeOfType<TooManyAttempts>();
    }

    [Fact]
    public async Task An_address_pauses_after_fifty_whatever_the_names_and_a_success_buys_only_its_own_back()
    {
        for (var i = 0; i < 49; i++) await Begin($"name{i}", "192.0.2.2");
        await Limiter.Succeeded(await Begin("name49", "192.0.2.2"), default);
        await Begin("name50", "192.0.2.2");

        (await Limiter.Begin("name51", "192.0.2.2", default)).Refusal.ShouldBeOfType<TooManyAttempts>();
        (await Limiter.Begin("name51", "192.0.2.3", default)).Refusal.ShouldBeNull();
    }

    [Fact]
    public async Task A_hundred_tries_at_once_are_a_hundred_tries()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => Limiter.Begin("lata", "192.0.2.4", default))));

        var let = outcomes.Count(outcome => outcome.Refusal is null);
        let.ShouldBeInRange(1, AttemptRule.Account.Free);
        // Each that was let in is counted, and so is none that was not.
        var account = AttemptCount.OfAccount(world.App.Services.GetRequiredService<Seals>(), "lata");
        (await world.Read(db => db.Set<AttemptCount>().SingleAsync(row => row.Of == account))).Failures.ShouldBe(let);
        (await world.Read(db => db.Set<AttemptCount>().SingleAsync(row => row.Of == AttemptCount.OfAddress("192.0.2.4")))).Failures.ShouldBe(let);
    }

    [Fact]
    public async Task Anonymous_failures_are_one_event_a_minute_by_account_and_by_address()
    {
        var person = await world.NewPerson("Mohan Das");
        for (var i = 0; i < 3; i++) await Limiter.Failed(await Begin("mohan", "192.0.2.5"), person, default);
        await Report();
        await Report();

        var events = await world.Read(db => db.Set<AuditEvent>().Where(row => row.Kind == "sign-in.failures").Select(row => row.Body).ToListAsync());
        var data = events.Select(body => JsonDocument.Parse(body).RootElement.GetProperty("data")).ToList();
        data.Count(one => one.TryGetProperty("address", out var address) && address.GetString() == "192.0.2.5" && one.GetProperty("count").GetInt64() == 3).ShouldBe(1);
        (await world.Timeline(person)).Count(kind => kind == "sign-in.failures").ShouldBe(1);
        events.ShouldAllBe(body => !System.Text.Encoding.UTF8.GetString(body).Contains("mohan", StringComparison.OrdinalIgnoreCase));
    }

    private Task<int> Report() => world.In(async services =>
    {
        await services.GetRequiredService<ReportFailures>().Run(world.Clock.GetUtcNow().UtcDateTime, default);
        return 0;
    });

    private async Task<Attempt> Begin(string account, string address) =>
        (await Limiter.Begin(account, address, default)).Refused(out var refusal, out var attempt) ? throw new InvalidOperationException(refusal.Title) : attempt;

    private static async Task Answer(HttpClient browser, string userName, string password, string code) =>
        (await (await browser.GivePassword(userName, password)).Content.ReadAsStringAsync()).ShouldContain(code);
}

public sealed class Limiter_on_sqlite(SignInWorld<Sqlite> world) : LimiterTests<Sqlite>(world);

public sealed class Limiter_on_postgres(SignInWorld<Postgres> world) : LimiterTests<Postgres>(world);
