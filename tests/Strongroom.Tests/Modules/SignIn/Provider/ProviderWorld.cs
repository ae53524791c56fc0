using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Strongroom.Lab.Bank;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn.Provider;

/// <summary>A bank whose officers may sign in by its directory, and the directory itself, reached as browsers and servers reach it.</summary>
public partial class ProviderWorld<TEngine> : SignInWorld<TEngine>, IAsyncDisposable where TEngine : IEngine
{
    public static readonly Uri Site = new("https://localhost");

    public BankDirectory Bank { get; } = new();

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await Bank.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        Bank.Start(Clock);
        builder.Configuration.AddInMemoryCollection([.. Bank.Settings, new("Strongroom:PublicAddress", Site.ToString())]);
    }

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.Register(Site);
    }

    /// <summary>An officer of whom the directory knows, too, under the same name; nothing is linked.</summary>
    public async Task<Player> NewColleague(string userName)
    {
        Bank.Knows(userName);
        return await NewOfficer(userName);
    }

    /// <summary>An officer whose account at the directory is linked, and the browser in which it was.</summary>
    public async Task<Player> NewLinked(string userName)
    {
        var player = await NewColleague(userName);
        using var browser = await this.SignIn(player);
        (await Link(browser, userName)).ShouldBe("/profile?done=linked");
        return player;
    }

    /// <returns>Where the browser is sent in the end.</returns>
    public async Task<string> Link(HttpClient browser, string account) => await Follow(browser, await AtDirectory(await Sent(browser, "/profile", "link"), account));

    /// <summary>By the button of the sign-in page, and signing in at the directory with password and code.</summary>
    public async Task<string> Enter(HttpClient browser, string account, string returnUrl = "", bool code = true) =>
        await Follow(browser, await AtDirectory(await Sent(browser, returnUrl.Length == 0 ? "/sign-in" : $"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", "provider"), account, code));

    /// <summary>Where the form sends the browser: an address at the directory.</summary>
    public static async Task<Uri> Sent(HttpClient browser, string page, string form)
    {
        using var answer = await browser.PostForm(page, form);
        var html = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, answer.Headers.Location?.ToString());
        return new Uri(WebUtility.HtmlDecode(Refresh().Match(html) is { Success: true } found ? found.Groups[1].Value : throw new InvalidOperationException($"{page} leads nowhere:\n{html}")));
    }

    /// <summary>Signs in at the directory, or goes away from there.</summary>
    /// <returns>The address of ours that the directory sends the browser back to.</returns>
    public async Task<Uri> AtDirectory(Uri address, string account, bool code = true, bool cancel = false)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false };
        using var browser = new HttpClient(handler);
        var page = await browser.GetStringAsync(address);
        List<KeyValuePair<string, string>> fields =
        [
            .. Hidden().Matches(page).Select(field => KeyValuePair.Create(field.Groups[1].Value, WebUtility.HtmlDecode(field.Groups[2].Value))),
            new("user", account), new("password", BankDirectory.Password), new("code", code ? "123456" : ""),
        ];
        if (cancel) fields.Add(new("cancel", "yes"));
        using var form = new FormUrlEncodedContent(fields);
        using var back = await browser.PostAsync(new Uri(Bank.Issuer, BankDirectory.Authorize), form);
        back.StatusCode.ShouldBe(HttpStatusCode.Redirect, await back.Content.ReadAsStringAsync());
        return back.Headers.Location!;
    }

    public static async Task<string> Follow(HttpClient browser, Uri back)
    {
        using var answer = await browser.GetAsync(back.PathAndQuery);
        return answer.Leads();
    }

    [GeneratedRegex("http-equiv=\"refresh\" content=\"0;url=([^\"]+)\"")]
    private static partial Regex Refresh();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
