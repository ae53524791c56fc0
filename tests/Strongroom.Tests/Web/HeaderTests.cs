using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>The server as a bank runs it, outside Development, behind https.</summary>
public sealed class StagedWorld : World<Sqlite>, IAsyncDisposable
{
    private static readonly Uri Address = new("https://lockers.bank.example");
    private WebApplication? staged;

    public HttpClient Browser() => new(staged!.GetTestServer().CreateHandler()) { BaseAddress = Address };

    public IServiceProvider Services => staged!.Services;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        if (staged is not null) await staged.DisposeAsync();
        await DisposeAsync();
    }

    protected override async Task Prepare()
    {
        staged = StrongroomApp.Build([.. Options, "--environment", "Staging", "--Strongroom:PublicAddress", $"{Address}"], builder => builder.WebHost.UseTestServer());
        await staged.StartAsync();
    }
}

public sealed class HeaderTests(StagedWorld world) : IClassFixture<StagedWorld>
{
    [Fact]
    public async Task Every_page_and_answer_says_how_a_browser_must_guard_it()
    {
        using var browser = world.Browser();
        foreach (var path in new[] { "/sign-in", "/audit/check", "/api/v1/session", "/not-found" })
        {
            using var answer = await browser.GetAsync(path);
            string Said(string header) => answer.Headers.TryGetValues(header, out var values) ? string.Join(", ", values) : $"{path} says no {header}";
            Said("Strict-Transport-Security").ShouldContain("max-age=31536000");
            Said("Strict-Transport-Security").ShouldContain("includeSubDomains");
            Said("Content-Security-Policy").ShouldContain("frame-ancestors 'none'");
            Said("Content-Security-Policy").ShouldContain("object-src 'none'");
            Said("Content-Security-Policy").ShouldContain("base-uri 'none'");
            Said("Content-Security-Policy").ShouldContain("form-action 'self'");
            Said("Referrer-Policy").ShouldBe("strict-origin-when-cross-origin");
            Said("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
            Said("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        }
    }

    /// <summary>Where nothing may say what an address is relative to, none may be relative.</summary>
    [Fact]
    public async Task A_page_names_what_it_loads_from_the_root()
    {
        using var browser = world.Browser();
        var page = await browser.GetStringAsync("/sign-in");

        page.ShouldNotContain("<base");
        var loaded = System.Text.RegularExpressions.Regex.Matches(page, "<(?:link|script|img)[^>]* (?:href|src)=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToList();
        loaded.Count.ShouldBeGreaterThan(2);
        foreach (var address in loaded)
        {
            address.ShouldStartWith("/");
            (await browser.GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.OK, address);
        }
        Architecture.Repository.Files("src/Strongroom", ".razor").Where(file => File.ReadAllText(file).Contains("=\"@Assets[", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_gallery_of_pieces_is_on_no_banks_server()
    {
        using var browser = world.Browser();
        (await browser.GetAsync("/gallery")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pages_say_that_they_are_UTF_8()
    {
        using var browser = world.Browser();
        (await browser.GetAsync("/sign-in")).Content.Headers.ContentType!.ToString().ShouldBe("text/html; charset=utf-8");
    }

    [Fact]
    public async Task The_antiforgery_cookie_is_of_this_host_alone_and_never_sent_from_elsewhere()
    {
        using var browser = world.Browser();
        using var page = await browser.GetAsync("/sign-in");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = page.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldStartWith("__Host-antiforgery=");
        foreach (var word in new[] { "secure", "httponly", "samesite=strict", "path=/" }) cookie.ShouldContain(word, Case.Insensitive);
        cookie.ShouldNotContain("domain=", Case.Insensitive);
    }

    [Fact]
    public void The_session_cookie_is_of_this_host_alone_and_out_of_scripts_reach()
    {
        var http = new DefaultHttpContext();
        world.Services.GetRequiredService<SessionCookies>().Session.Write(http, "anything");
        var cookie = http.Response.Headers.SetCookie.ShouldHaveSingleItem().ShouldNotBeNull();
        cookie.ShouldStartWith("__Host-strongroom=");
        foreach (var word in new[] { "secure", "httponly", "samesite=lax", "path=/" }) cookie.ShouldContain(word, Case.Insensitive);
        cookie.ShouldNotContain("expires", Case.Insensitive);
        cookie.ShouldNotContain("domain=", Case.Insensitive);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("TRACK")]
    [InlineData("CONNECT")]
    public async Task A_method_that_echoes_is_answered_by_no_page(string method)
    {
        using var browser = world.Browser();
        using var request = new HttpRequestMessage(new(method), "/sign-in");
        request.Headers.Add("Cookie", "secret=1");
        using var answer = await browser.SendAsync(request);
        answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("secret=1");
    }

    [Fact]
    public async Task A_parameter_given_twice_is_read_once_and_harms_nothing()
    {
        using var browser = world.Browser();
        (await browser.GetAsync("/audit/check?event=1&event=2&leaf=a&leaf=b")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_session_is_256_random_bits_beside_its_id_and_no_two_are_alike()
    {
        var id = new Guid("0197a000-0000-7000-8000-000000000001");
        var tickets = Enumerable.Range(0, 100).Select(_ => Ticket.New(id)).ToList();
        tickets.ShouldAllBe(ticket => ticket.Secret.Length == 32);
        tickets.Select(ticket => ticket.ToString()).Distinct().Count().ShouldBe(100);
    }
}
