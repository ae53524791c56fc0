using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Strongroom.Modules.SignIn.Provider;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn.Provider;

/// <summary>What an installation may say of its provider, and how the server then is.</summary>
public sealed class ProviderSettingsTests(World<Sqlite> world) : IClassFixture<World<Sqlite>>
{
    [Theory]
    [InlineData("Authority", null, "Authority is missing")]
    [InlineData("ClientId", " ", "ClientId is missing")]
    [InlineData("ClientSecretFile", "/nowhere/secret", "which cannot be read")]
    [InlineData("Name", null, "Name is missing")]
    [InlineData("Name", "A directory whose name is far too long for a button", "longer than 40")]
    [InlineData("Authority", "http://sso.bank.example", "https address")]
    [InlineData("Authority", "sso.bank.example", "https address")]
    [InlineData("Authority", "https://sso.bank.example/?tenant=1", "https address")]
    [InlineData("ClockSkewSeconds", "301", "between 0 and 300")]
    [InlineData("ClockSkewSeconds", "soon", "between 0 and 300")]
    [InlineData("MaxAgeMinutes", "-1", "between 0")]
    [InlineData("Arm", "mfa", "SignIn:Provider:Arm is no setting")]
    public async Task Half_of_a_provider_keeps_the_server_from_starting_and_says_why(string setting, string? value, string why)
    {
        await using var bank = new BankDirectory();

        Should.Throw<InvalidOperationException>(() => Build("Development", [.. bank.Settings, new("SignIn:Provider:" + setting, value)])).Message.ShouldContain(why);
    }

    [Fact]
    public async Task Without_https_there_is_a_provider_on_this_machine_in_development_alone()
    {
        await using var bank = new BankDirectory();

        Should.Throw<InvalidOperationException>(() => Build("Staging", bank.Settings)).Message.ShouldContain("https address");
        Strongroom.Modules.SignIn.Contracts.ProviderSettings.Problems(
            new ConfigurationBuilder().AddInMemoryCollection(bank.Settings).Build(), new Staging("Production")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Without_settings_there_is_no_button_and_no_address()
    {
        using var browser = world.Client();
        (await browser.GetStringAsync("/sign-in")).ShouldNotContain("value=\"provider\"");
        (await browser.GetAsync("/sign-in/provider?code=a&state=b")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task On_a_banks_server_the_cookies_on_the_way_are_of_this_host_alone()
    {
        await using var bank = new BankDirectory();
        await using var staged = Build("Staging", [.. bank.Settings, new("SignIn:Provider:Authority", "https://sso.bank.example")]);
        var options = staged.Services.GetRequiredService<IOptionsMonitor<OpenIdConnectOptions>>().Get(ProviderDoor.Scheme);

        foreach (var cookie in new[] { options.CorrelationCookie, options.NonceCookie })
        {
            cookie.Name.ShouldStartWith("__Host-");
            var made = cookie.Build(new DefaultHttpContext());
            (made.Path, made.Domain, made.Secure, made.HttpOnly, made.SameSite).ShouldBe(("/", null, true, true, SameSiteMode.Lax));
        }
        options.RequireHttpsMetadata.ShouldBeTrue();
        options.UsePkce.ShouldBeTrue();
    }

    [Fact]
    public async Task A_discovery_document_of_another_issuer_is_not_believed()
    {
        await using var bank = new BankDirectory();
        bank.Start(world.Clock);
        // The same server by another name: what it says of itself is not what the bank trusts.
        await using var server = Build("Development", [.. bank.Settings, new("SignIn:Provider:Authority", bank.Issuer.ToString().Replace("127.0.0.1", "localhost", StringComparison.Ordinal))]);
        await server.StartAsync();
        using var browser = new HttpClient(new CookieHandler(server.GetTestServer().CreateHandler())) { BaseAddress = new Uri("https://localhost") };

        using var answer = await browser.PostForm("/sign-in", "provider");

        (await answer.Content.ReadAsStringAsync()).ShouldContain("sign-in provider does not answer");
    }

    private WebApplication Build(string environment, IEnumerable<KeyValuePair<string, string?>> settings) => StrongroomApp.Build(
        [.. world.Options, "--environment", environment, "--Strongroom:PublicAddress", "https://lockers.bank.example"],
        builder =>
        {
            builder.WebHost.UseTestServer();
            // The last word of each counts, and none is no setting.
            builder.Configuration.AddInMemoryCollection(settings.GroupBy(pair => pair.Key).Select(pairs => pairs.Last()).Where(pair => pair.Value is not null));
        });

    private sealed class Staging(string name) : Microsoft.Extensions.Hosting.IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
