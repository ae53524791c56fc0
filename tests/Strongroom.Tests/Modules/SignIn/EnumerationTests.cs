using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.TestHost;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.SignIn;

/// <summary>
/// Whoever asks learns of no user name whether somebody has it: by no byte of the answer, and not by the work it costs. Work is counted in password
/// hashes, which are a hundred times everything else; the clock on the wall is asked once, with a border that a busy machine does not reach.
/// </summary>
public abstract partial class EnumerationTests<TEngine>(EnumerationWorld<TEngine> world) : IClassFixture<EnumerationWorld<TEngine>> where TEngine : IEngine
{
    private const string Wrong = "not the password at all";

    private static readonly AsyncLocal<StrongBox<int>?> Counted = new();

    [Fact]
    public async Task A_name_that_nobody_has_is_answered_as_every_name_is_that_does_not_get_in()
    {
        var known = await world.NewUser("anita");
        var (closed, closedName) = (await world.NewUser("binoy"), "binoy");
        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, closed.Person, default));
        await world.Invite(await world.NewPerson("Chitra Iyer"), "chitra");
        var over = await world.NewUser("deepa");
        await world.Act(Actor.System, (db, act) => ActivationContract.StartOver(db, act, over.Person, default));

        var nobody = await Password("nobody.here", Wrong);

        nobody.Page.ShouldContain("sign-in.wrong");
        nobody.Hashes.ShouldBe(1);
        foreach (var (name, password) in new[] { (known.UserName, Wrong), (closedName, Wrong), (closedName, closed.Password), ("chitra", Wrong), ("deepa", Wrong), ("deepa", over.Password) })
            (await Password(name, password)).ShouldBe(nobody, name);
    }

    [Fact]
    public async Task A_name_that_was_tried_too_often_pauses_in_the_same_words_whether_somebody_has_it_or_not()
    {
        var known = await world.NewUser("elango");
        foreach (var name in new[] { known.UserName, "nobody.else" })
            for (var i = 0; i < 5; i++) await Password(name, Wrong);

        var nobody = await Password("nobody.else", Wrong);

        nobody.Page.ShouldContain("sign-in.too-many-attempts");
        nobody.Hashes.ShouldBe(0, "a pause is not paid for");
        (await Password(known.UserName, Wrong)).ShouldBe(nobody);
        (await Password(known.UserName, known.Password)).ShouldBe(nobody, "not even to who knows the password");
    }

    [Fact]
    public async Task Activating_tells_of_no_name_whether_a_code_waits_for_it()
    {
        var active = await world.NewUser("gauri");
        var closed = await world.NewPerson("Hansa Mehta");
        var codeOfClosed = await world.Invite(closed, "hansa");
        await world.Act<Done>(Actor.System, (db, act) => ActivationContract.Disable(db, act, closed, default));
        var late = await world.Invite(await world.NewPerson("Iqbal Khan"), "iqbal");
        world.Clock.Advance(TimeSpan.FromHours(72));
        await world.Invite(await world.NewPerson("Jatin Das"), "jatin");

        var nobody = await Activate("nobody.at.all", "AAAA-AAAA", "BBBB-BBBB");

        nobody.Page.ShouldContain("sign-in.activation-wrong");
        nobody.Hashes.ShouldBe(1);
        (await Activate("jatin", "AAAA-AAAA", "BBBB-BBBB")).ShouldBe(nobody, "a code waits, and another was typed");
        (await Activate(active.UserName, "AAAA-AAAA", "BBBB-BBBB")).ShouldBe(nobody, "was activated long ago");
        (await Activate("hansa", codeOfClosed.CounterHalf, codeOfClosed.SentHalf)).ShouldBe(nobody, "closed");
        (await Activate("iqbal", late.CounterHalf, late.SentHalf)).ShouldBe(nobody, "too late");
    }

    [Fact]
    public async Task A_wrong_recovery_code_is_answered_as_one_that_was_used_and_as_a_wrong_code_of_the_app()
    {
        var kamal = await world.NewUser("kamal");
        using var browser = await world.SignIn(kamal);
        var shown = await (await browser.PostForm("/profile/recovery-codes", "codes")).Content.ReadAsStringAsync();
        var mine = RecoveryCodes().Match(shown).Groups[1].Value;
        (await Second(kamal, mine)).Status.ShouldBe(HttpStatusCode.Redirect, "it lets in once");

        var used = await Second(kamal, mine);

        used.Page.ShouldContain("sign-in.code-wrong");
        (await Second(kamal, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")).ShouldBe(used);
        (await Second(kamal, world.Code(kamal.TotpSecret) == "123456" ? "654321" : "123456")).ShouldBe(used);
    }

    [Fact]
    public async Task A_name_that_nobody_has_takes_as_long_as_one_that_somebody_has()
    {
        var known = await world.NewUser("lalita");
        List<TimeSpan> somebody = [], nobody = [];
        for (var round = 0; round < 7; round++)
        {
            // Past every pause, and every count forgotten.
            world.Clock.Advance(TimeSpan.FromHours(25));
            nobody.Add(await Timed($"nobody.{round}"));
            somebody.Add(await Timed(known.UserName));
        }

        // Without the work it would be a fiftieth.
        (Median(nobody) / Median(somebody)).ShouldBeInRange(1 / 3d, 3d);

        static TimeSpan Median(List<TimeSpan> times) => times.Order().ElementAt(times.Count / 2);
    }

    /// <param name="Page">The answer's text without what is drawn by chance and without what was typed.</param>
    private sealed record Answer(HttpStatusCode Status, string Page, string Headers, int Hashes);

    private Task<Answer> Password(string userName, string password) => Ask("/sign-in", "sign-in", ("Input.UserName", userName), ("Input.Password", password));

    private Task<Answer> Activate(string userName, string counterHalf, string sentHalf) => Ask("/activate", "activate",
        ("Input.UserName", userName), ("Input.CounterHalf", counterHalf), ("Input.SentHalf", sentHalf), ("Input.Password", "a lantern of one's own"));

    private async Task<Answer> Second(Lab.Bank.Player player, string code)
    {
        world.Clock.Advance(TimeSpan.FromMinutes(16));
        using var browser = world.Client();
        await browser.GivePassword(player.UserName, player.Password);
        return await Of(await browser.PostForm("/sign-in/code", "code", ("Input.Code", code)), 0);
    }

    private async Task<Answer> Ask(string page, string form, params (string, string)[] fields)
    {
        // What it costs at the first use is not counted.
        world.Hashes.Matches(null, Wrong).ShouldBeFalse();
        world.App.GetTestServer().PreserveExecutionContext = true;
        using var browser = world.Client();
        var html = await browser.GetStringAsync(page);
        using var listener = new MeterListener { InstrumentPublished = (instrument, it) => { if (instrument.Name == PasswordHashes.WorksName) it.EnableMeasurementEvents(instrument); } };
        // Other classes hash at the same time: only what follows from this request counts.
        var mine = Counted.Value = new StrongBox<int>();
        listener.SetMeasurementEventCallback<long>((_, hashes, _, _) =>
        {
            if (Counted.Value == mine) Interlocked.Add(ref mine.Value, (int)hashes);
        });
        listener.Start();
        using var answer = await browser.PostFormIn(html, page, form, fields);
        return await Of(answer, mine.Value);
    }

    private static async Task<Answer> Of(HttpResponseMessage answer, int hashes)
    {
        var text = await answer.Content.ReadAsStringAsync();
        var page = Chance().Replace(text, "");
        var headers = answer.Headers.Select(header => header.Key == "Set-Cookie" ? $"Set-Cookie: {string.Join(' ', header.Value.Select(cookie => cookie.Split('=')[0]))}" : $"{header.Key}: {string.Join(", ", header.Value)}");
        return new(answer.StatusCode, page, string.Join('\n', headers.Order(StringComparer.Ordinal)), hashes);
    }

    private async Task<TimeSpan> Timed(string userName)
    {
        using var browser = world.Client();
        var html = await browser.GetStringAsync("/sign-in");
        var watch = Stopwatch.StartNew();
        using var answer = await browser.PostFormIn(html, "/sign-in", "sign-in", ("Input.UserName", userName), ("Input.Password", Wrong));
        return watch.Elapsed;
    }

    [GeneratedRegex("<input type=\"hidden\"[^>]*>| value=\"[^\"]*\"")]
    private static partial Regex Chance();

    [GeneratedRegex("<code>([A-Z0-9-]{29})</code>")]
    private static partial Regex RecoveryCodes();
}

/// <summary>Where a password costs what it costs at a bank.</summary>
public sealed class EnumerationWorld<TEngine> : SignInWorld<TEngine> where TEngine : IEngine
{
    internal override PasswordHashes Hashes { get; } = new();
}

public sealed class Enumeration_on_sqlite(EnumerationWorld<Sqlite> world) : EnumerationTests<Sqlite>(world);

public sealed class Enumeration_on_postgres(EnumerationWorld<Postgres> world) : EnumerationTests<Postgres>(world);
