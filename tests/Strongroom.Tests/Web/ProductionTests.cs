using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Web;

/// <summary>What a bank's server must not run with, one by one, from a bank where everything is right.</summary>
public sealed class ProductionTests
{
    private static readonly Dictionary<string, string?> Right = new()
    {
        ["urls"] = "http://127.0.0.1:5080",
        ["Strongroom:Proxies"] = "127.0.0.1, 10.20.0.0/16",
        ["Strongroom:PublicAddress"] = "https://lockers.bank.example",
        ["Mail:Host"] = "mail.bank.example",
        ["Mail:From"] = "lockers@bank.example",
        ["Sms:Url"] = "https://sms.bank.example/send",
        ["Sms:TokenFile"] = "/run/credentials/sms-token",
        ["Sms:From"] = "KAVERI",
    };

    [Fact]
    public async Task A_bank_where_everything_is_right_may_start() => (await Problems()).ShouldBeEmpty();

    [Theory]
    [InlineData("Strongroom:PublicAddress", null, "Strongroom:PublicAddress is missing")]
    [InlineData("Strongroom:PublicAddress", "http://lockers.bank.example", "https address that people type")]
    [InlineData("Strongroom:PublicAddress", "https://lockers.bank.example/path", "https address that people type")]
    [InlineData("Strongroom:PublicAddress", "https://localhost", "this machine alone")]
    [InlineData("Strongroom:Proxies", null, "without TLS and without a proxy")]
    [InlineData("Strongroom:Proxies", "the-proxy", "Give addresses or networks")]
    [InlineData("Mail:Host", null, "Mail:Host is missing")]
    [InlineData("Mail:From", null, "Mail:From is missing")]
    [InlineData("Sms:Url", null, "Sms:Url is missing")]
    [InlineData("Sms:Url", "http://sms.bank.example/send", "Sms:Url is not an https address")]
    [InlineData("Sms:From", null, "Sms:TokenFile or Sms:From is missing")]
    [InlineData("ConnectionStrings:Strongroom", "Host=db;Username=app;Password=app;SSL Mode=VerifyFull", "guessed first")]
    [InlineData("ConnectionStrings:Strongroom", "Host=db;Username=app;Password=ChangeMe;SSL Mode=VerifyFull", "guessed first")]
    [InlineData("ConnectionStrings:Strongroom", "Host=db;Username=app;Passfile=/run/pgpass", "does not prove which")]
    [InlineData("ConnectionStrings:Strongroom", "Host=127.0.0.1,db;Username=app;Passfile=/run/pgpass;SSL Mode=Require", "does not prove which")]
    [InlineData("Mail:Security", "none", "Mail:Security is none")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector.bank.example:4317", "is not an https address")]
    [InlineData("urls", "http://0.0.0.0:5080", "would cross a network in clear")]
    [InlineData("urls", "http://*:5080", "would cross a network in clear")]
    [InlineData("urls", "http://10.20.0.4:5080", "would cross a network in clear")]
    public async Task Each_setting_that_is_wrong_is_named_with_its_mend(string setting, string? value, string words) =>
        (await Problems(more: new() { [setting] = value })).ShouldHaveSingleItem().ToString().ShouldContain(words);

    [Fact]
    public async Task The_server_does_not_get_the_owners_connection() => (await Problems(more: new()
    {
        ["ConnectionStrings:Strongroom"] = "Host=127.0.0.1;Username=app;Passfile=/run/pgpass",
        ["ConnectionStrings:StrongroomOwner"] = "Host=db;Username=owner;Passfile=/run/pgpass",
    })).ShouldHaveSingleItem().ToString().ShouldContain("rewrite its log");

    /// <summary>What does not leave the machine needs no TLS; what does proves itself by name.</summary>
    [Theory]
    [InlineData("ConnectionStrings:Strongroom", "Host=127.0.0.1;Username=app;Passfile=/run/pgpass")]
    [InlineData("ConnectionStrings:Strongroom", "Host=/run/postgresql;Username=app")]
    [InlineData("ConnectionStrings:Strongroom", "Host=db.bank.example;Username=app;Passfile=/run/pgpass;SSL Mode=VerifyFull;Root Certificate=/etc/ssl/bank.pem")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4317")]
    [InlineData("Mail:Security", "tls")]
    public async Task What_stays_on_the_machine_or_is_proved_by_name_may_be(string setting, string value) => (await Problems(more: new() { [setting] = value })).ShouldBeEmpty();

    [Fact]
    public async Task A_mail_server_on_the_same_machine_may_speak_in_clear() =>
        (await Problems(more: new() { ["Mail:Security"] = "none", ["Mail:Host"] = "localhost" })).ShouldBeEmpty();

    [Fact]
    public async Task Plain_HTTP_beyond_the_machine_must_be_said() =>
        (await Problems(more: new() { ["urls"] = "http://0.0.0.0:5080", ["Strongroom:PlainInside"] = "on" })).ShouldBeEmpty();

    [Fact]
    public async Task Https_of_its_own_needs_no_proxy() =>
        (await Problems(more: new() { ["urls"] = "https://0.0.0.0:443", ["Strongroom:Proxies"] = null })).ShouldBeEmpty();

    [Fact]
    public async Task Listening_on_the_standard_port_without_a_word_is_plain_HTTP_too() =>
        (await Problems(more: new() { ["urls"] = null, ["Strongroom:Proxies"] = null })).ShouldHaveSingleItem();

    [Fact]
    public async Task A_bank_without_keys_does_not_start() =>
        (await Problems(bank => Directory.Delete(bank.Keys, recursive: true))).ShouldHaveSingleItem().ToString().ShouldContain("There are no keys");

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, "read by its group")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, "open to others")]
    public async Task A_key_that_others_can_read_is_named(UnixFileMode mode, string words)
    {
        if (OperatingSystem.IsWindows()) return;
        (await Problems(bank => File.SetUnixFileMode(Path.Combine(bank.Keys, "kek-1.key"), mode))).ShouldHaveSingleItem().ToString().ShouldContain(words);
    }

    [Theory]
    [InlineData(Installation.StartedFile)]
    [InlineData(Installation.ReadyFile)]
    public async Task A_demo_banks_directory_does_not_open_as_a_bank(string file) =>
        (await Problems(bank => File.WriteAllText(Path.Combine(bank.Folder, file), ""))).ShouldHaveSingleItem().ToString().ShouldContain("demo bank");

    [Fact]
    public async Task Keys_of_sessions_that_would_lie_in_clear_keep_the_server_closed() =>
        (await Problems(configure: builder => builder.Services.PostConfigure<KeyManagementOptions>(options => options.XmlEncryptor = null)))
            .ShouldHaveSingleItem().ToString().ShouldContain("in clear");

    [Fact]
    public void SQLite_is_allowed_with_a_warning()
    {
        Production.Warnings(new Settings("", "", "Data Source=bank.db", null, null)).ShouldHaveSingleItem();
        Production.Warnings(new Settings("", "", "Host=db", null, null)).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<StartProblem>> Problems(
        Action<BankFolder<Sqlite>>? change = null, Dictionary<string, string?>? more = null, Action<WebApplicationBuilder>? configure = null)
    {
        await using var bank = await BankFolder<Sqlite>.Make();
        change?.Invoke(bank);
        var settings = new Dictionary<string, string?>(Right);
        foreach (var (name, value) in more ?? []) settings[name] = value;
        string[] options = [.. bank.Options("Production").Where((_, at) => more?.ContainsKey("ConnectionStrings:Strongroom") != true || at is not (4 or 5)),
            .. settings.Where(setting => setting.Value is not null).SelectMany(setting => new[] { "--" + setting.Key, setting.Value! })];
        await using var app = StrongroomApp.Build(options, configure);
        return Production.Problems(app.Services);
    }
}

public abstract class ProductionDataTests<TEngine>(World<TEngine> world) : IClassFixture<World<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task A_demo_banks_database_and_readable_session_keys_keep_the_server_closed()
    {
        (await world.Read(db => Production.ProblemsInDatabase(db, default))).ShouldBeEmpty();

        await world.In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            Installation.MarkAsDemo(db, world.Clock.GetUtcNow().UtcDateTime);
            db.DataProtectionKeys.Add(new() { FriendlyName = "clear", Xml = "<key><descriptor><masterKey>AAAA</masterKey></descriptor></key>" });
            return await db.SaveChangesAsync();
        });

        var problems = (await world.Read(db => Production.ProblemsInDatabase(db, default))).Select(problem => problem.ToString()).ToList();
        problems.Count.ShouldBe(2);
        problems.ShouldContain(words => words.Contains("demo bank", StringComparison.Ordinal));
        problems.ShouldContain(words => words.Contains("unsealed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_key_that_seals_sessions_lies_sealed_in_the_database_and_opens_again()
    {
        var protector = world.App.Services.GetRequiredService<Microsoft.AspNetCore.DataProtection.IDataProtectionProvider>().CreateProtector("test");
        var sealedText = protector.Protect([1, 2, 3]);

        protector.Unprotect(sealedText).ShouldBe([1, 2, 3]);
        var rows = await world.Read(db => db.DataProtectionKeys.AsNoTracking().Where(row => row.FriendlyName != "clear").ToListAsync());
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => row.Xml!.Contains("encryptedSecret") && !row.Xml.Contains("masterKey"));
        rows.ShouldAllBe(row => row.Xml!.Contains("AES_256_GCM") && !row.Xml.Contains("CBC"));
    }
}

public sealed class Production_data_on_sqlite(World<Sqlite> world) : ProductionDataTests<Sqlite>(world);

public sealed class Production_data_on_postgres(World<Postgres> world) : ProductionDataTests<Postgres>(world);
