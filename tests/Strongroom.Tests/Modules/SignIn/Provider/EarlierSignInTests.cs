using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn.Provider;

/// <summary>A bank that takes a sign-in at its directory of the last hour.</summary>
public sealed class HourWorld<TEngine> : ProviderWorld<TEngine> where TEngine : IEngine
{
    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration.AddInMemoryCollection([new("SignIn:Provider:MaxAgeMinutes", "60")]);
    }
}

public abstract class EarlierSignInTests<TEngine>(HourWorld<TEngine> world) : IClassFixture<HourWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_bank_may_take_a_sign_in_of_the_last_hour_and_none_before()
    {
        await world.NewLinked("asha");
        using var browser = world.Client();

        world.Bank.ProvedAt = now => now.AddMinutes(-62);
        (await world.Enter(browser, "asha")).ShouldBe("/sign-in?refused=sign-in.provider-not-recent");
        world.Bank.ProvedAt = now => now.AddMinutes(-59);
        (await world.Enter(browser, "asha")).ShouldBe("/sign-in");
        world.Bank.ProvedAt = now => now;
    }

    [Fact]
    public async Task A_locked_screen_is_not_passed_on_an_earlier_sign_in()
    {
        var bina = await world.NewLinked("bina");
        using var browser = await world.SignIn(bina);
        using (var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", (await browser.WhoAmI()).CsrfToken)]))
            (await browser.PostAsync("/lock", form)).Leads().ShouldStartWith("/locked");

        world.Bank.ProvedAt = now => now.AddMinutes(-59);
        (await world.Enter(browser, "bina")).ShouldBe("/sign-in?refused=sign-in.provider-not-recent");

        world.Bank.ProvedAt = now => now;
        (await world.Enter(browser, "bina")).ShouldBe("/sign-in");
        (await world.Timeline(bina.Person)).ShouldContain("sign-in.left-locked");
    }

    [Fact]
    public async Task An_account_is_linked_by_a_sign_in_of_this_moment_alone()
    {
        var chandra = await world.NewColleague("chandra");
        using var browser = await world.SignIn(chandra);

        world.Bank.ProvedAt = now => now.AddMinutes(-59);
        (await world.Link(browser, "chandra")).ShouldBe("/profile?refused=sign-in.provider-not-recent");

        world.Bank.ProvedAt = now => now;
    }
}

public sealed class EarlierSignIn_on_sqlite(HourWorld<Sqlite> world) : EarlierSignInTests<Sqlite>(world);

public sealed class EarlierSignIn_on_postgres(HourWorld<Postgres> world) : EarlierSignInTests<Postgres>(world);
