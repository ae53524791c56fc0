using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strongroom.Modules.SignIn.Attempts;
using Strongroom.Tests.Modules.SignIn;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>Further servers on the same bank, each on a port of its own: what a server in memory never sees, the bytes on the wire and where they come from.</summary>
public sealed class WireWorld : SignInWorld<Sqlite>
{
    public async Task<WebApplication> Serve(params string[] settings)
    {
        var app = StrongroomApp.Build([.. Options, .. settings, "--urls", "http://127.0.0.1:0"], builder =>
        {
            Furnish(builder.Services);
            Configure(builder);
        });
        await app.StartAsync();
        return app;
    }

    public static Uri AddressOf(WebApplication app) => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static HttpClient Browser(WebApplication app) => new(new CookieHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })) { BaseAddress = AddressOf(app) };
}

public sealed class WireTests(WireWorld world) : IClassFixture<WireWorld>
{
    /// <summary>The address in the log and in the counts of attempts is the one that the nearest proxy saw, and only a declared proxy is believed.</summary>
    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("10.20.0.0/16", "127.0.0.1")]
    [InlineData("127.0.0.1", "198.51.100.7")]
    public async Task Nobody_chooses_the_address_that_the_server_sees(string proxies, string counted)
    {
        await using var app = await world.Serve("--Strongroom:Proxies", proxies);
        using var browser = WireWorld.Browser(app);
        browser.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.66, 198.51.100.7");
        foreach (var other in new[] { "X-Real-IP", "X-Client-IP", "True-Client-IP", "CF-Connecting-IP", "X-Originating-IP" }) browser.DefaultRequestHeaders.Add(other, "203.0.113.66");
        browser.DefaultRequestHeaders.Add("Forwarded", "for=203.0.113.66");
        var before = await FailuresOf(counted);

        (await (await browser.GivePassword("nobody.here", "not the password at all")).Content.ReadAsStringAsync()).ShouldContain("sign-in.wrong");

        (await FailuresOf(counted)).ShouldBe(before + 1);
        (await FailuresOf("203.0.113.66")).ShouldBe(0);
    }

    [Fact]
    public async Task A_forged_host_comes_into_no_address_that_the_server_makes()
    {
        await using var app = await world.Serve("--Strongroom:Proxies", "127.0.0.1");
        using var browser = WireWorld.Browser(app);
        browser.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere.example");

        using var answer = await browser.GetAsync("/profile");

        answer.Headers.Location!.ToString().ShouldNotContain("elsewhere");
        (await browser.GetStringAsync("/sign-in")).ShouldNotContain("elsewhere");
    }

    /// <summary>
    /// Where a message ends is never guessed: a proxy that guessed otherwise would take the rest for somebody else's request. (Kestrel reads "+5" as 5, which
    /// is one way and not two; nginx refuses it.)
    /// </summary>
    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 60")]
    [InlineData("Content-Length: 5, 60")]
    [InlineData("Content-Length: -5")]
    [InlineData("Content-Length: 0x5")]
    [InlineData("Content-Length : 5")]
    [InlineData("Content-Length: 5\r\n folded: x")]
    [InlineData("Transfer-Encoding: xchunked")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    [InlineData("Transfer-Encoding : chunked")]
    [InlineData("Host: other.example\r\nContent-Length: 5")]
    [InlineData("X-Name: a\0b\r\nContent-Length: 5")]
    public async Task Lengths_that_can_be_read_in_two_ways_are_refused_and_the_rest_is_no_request(string headers)
    {
        await using var app = await world.Serve();

        var answer = await Say(app, $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n{headers}\r\n\r\nhello{Second}");

        answer.ShouldStartWith("HTTP/1.1 4");
        Answers(answer).ShouldBe(1);
    }

    [Theory]
    [InlineData("5;x\n\r\nhello\r\n0\r\n\r\n")]
    [InlineData("0x5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("-5\r\nhello\r\n0\r\n\r\n")]
    [InlineData("ffffffffffffffff\r\nhello\r\n0\r\n\r\n")]
    public async Task Pieces_whose_length_is_no_number_are_refused_and_the_rest_is_no_request(string body)
    {
        await using var app = await world.Serve();

        var answer = await Say(app, $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n{body}{Second}");

        answer.ShouldStartWith("HTTP/1.1 4");
        Answers(answer).ShouldBe(1);
    }

    /// <summary>RFC 9112 lets a server read such a message by its pieces; then it must close the connection, and does.</summary>
    [Fact]
    public async Task A_message_with_both_a_length_and_pieces_is_the_last_of_its_connection()
    {
        await using var app = await world.Serve();
        const string Body = "0\r\n\r\n";

        var answer = await Say(app, $"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: {Body.Length + Second.Length}\r\nTransfer-Encoding: chunked\r\n\r\n{Body}{Second}");

        answer.ShouldStartWith("HTTP/1.1 4");
        Answers(answer).ShouldBe(1);
    }

    [Fact]
    public async Task A_person_who_asks_for_pages_as_only_a_program_can_is_told_to_wait_and_others_go_on()
    {
        var (busy, other) = (await world.NewOfficer("busy"), await world.NewOfficer("other"));
        await using var app = await world.Serve("--Api:PerMinuteByCaller", "6");
        using var one = await SignIn(app, busy);
        using var two = await SignIn(app, other);

        HttpResponseMessage? refused = null;
        for (var at = 0; at < 8 && refused is null; at++)
            if (await one.GetAsync("/profile") is { StatusCode: HttpStatusCode.TooManyRequests } answer) refused = answer;

        refused.ShouldNotBeNull().Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 60);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Wait some seconds");
        (await two.GetAsync("/profile")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_reads_the_log_faster_than_a_verifier_is_told_to_wait()
    {
        await using var app = await world.Serve();
        using var reader = WireWorld.Browser(app);

        HttpResponseMessage? refused = null;
        // A bucket of 4,000 that fills up by 400 a second.
        for (var at = 0; at < 300 && refused is null; at++)
            refused = (await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => reader.GetAsync("/log/tile/none")))).FirstOrDefault(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);

        refused.ShouldNotBeNull();
        (await reader.GetAsync("/sign-in")).StatusCode.ShouldBe(HttpStatusCode.OK, "people sign in all the same");
    }

    private const string Second = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static int Answers(string said) => said.Split("HTTP/1.1 ").Length - 1;

    /// <returns>All that the server says until it closes the connection.</returns>
    private static async Task<string> Say(WebApplication app, string request)
    {
        using var connection = new TcpClient();
        var address = WireWorld.AddressOf(app);
        await connection.ConnectAsync(address.Host, address.Port);
        var stream = connection.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var said = new MemoryStream();
        await stream.CopyToAsync(said, patience.Token);
        return Encoding.Latin1.GetString(said.ToArray());
    }

    private async Task<HttpClient> SignIn(WebApplication app, Lab.Bank.Player player)
    {
        var browser = WireWorld.Browser(app);
        await browser.GivePassword(player.UserName, player.Password);
        await browser.PostForm("/sign-in/code", "code", ("Input.Code", world.NextCode(player.TotpSecret)));
        return browser;
    }

    private Task<int> FailuresOf(string address) => world.Read(db => db.Set<AttemptCount>().Where(row => row.Of == "address:" + address).Select(row => row.Failures).SingleOrDefaultAsync());
}
