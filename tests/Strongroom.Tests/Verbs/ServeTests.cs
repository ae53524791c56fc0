using System.Diagnostics;
using System.Text.RegularExpressions;
using Strongroom.Data.Sealing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Verbs;

/// <summary>The real program, started as an operator starts it.</summary>
public sealed partial class ServeTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-serve-").FullName;

    [Fact]
    public async Task A_new_directory_becomes_a_bank_that_answers_by_plain_HTTP_here_and_stops_when_told()
    {
        using var server = Start("Development", "--urls", "http://127.0.0.1:0");
        var address = await Listening(server);
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        (await client.GetAsync("/health/ready")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        (await client.GetAsync("/openapi/v1.json")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
        KeyRing.Exists(Path.Combine(folder, "keys")).ShouldBeTrue();

        using var kill = Process.Start("kill", ["-TERM", $"{server.Id}"]);
        await server.WaitForExitAsync();
        server.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task In_Production_it_does_not_start_and_says_everything_that_is_missing()
    {
        using var server = Start("Production", "--urls", "http://127.0.0.1:0");
        var said = await server.StandardError.ReadToEndAsync();
        await server.WaitForExitAsync();

        server.ExitCode.ShouldBe(1);
        said.ShouldStartWith("The server does not start:");
        said.ShouldContain("There are no keys");
        said.ShouldContain("Strongroom:PublicAddress is missing");
        said.ShouldContain("Mail:Host is missing");
        said.ShouldContain("Strongroom:Proxies");
        said.ShouldNotContain("   at ");
        File.Exists(Path.Combine(folder, "strongroom.db")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_bank_whose_keys_are_gone_gets_no_new_ones()
    {
        await using var bank = await BankFolder<Sqlite>.Make();
        Directory.Delete(bank.Keys, recursive: true);

        var run = await VerbRun.Of(["serve", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Error.ShouldContain("Restore them from the backup");
        Directory.Exists(bank.Keys).ShouldBeFalse();
    }

    private Process Start(string environment, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Strongroom.dll"), "serve", "--environment", environment, "--data", folder, .. more];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        start.Environment.Remove("DOTNET_ENVIRONMENT");
        return Process.Start(start)!;
    }

    private static async Task<string> Listening(Process server)
    {
        while (await server.StandardOutput.ReadLineAsync() is { } line)
            if (Address().Match(line) is { Success: true } match)
            {
                // Whatever it says later must not fill the pipe.
                _ = server.StandardOutput.ReadToEndAsync();
                _ = server.StandardError.ReadToEndAsync();
                return match.Groups[1].Value;
            }
        throw new InvalidOperationException("The server ended: " + await server.StandardError.ReadToEndAsync());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [GeneratedRegex("Now listening on: (http://\\S+)")]
    private static partial Regex Address();
}

public abstract class MigrateTests<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task Migrating_again_changes_nothing_and_keeps_the_keys()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        var before = File.ReadAllText(Path.Combine(bank.Keys, "kek-1.key"));

        var run = await VerbRun.Of(["migrate", .. bank.Options()]);

        run.Code.ShouldBe(0, run.Error);
        File.ReadAllText(Path.Combine(bank.Keys, "kek-1.key")).ShouldBe(before);
    }

    [Fact]
    public async Task A_new_banks_keys_are_made_and_their_owner_is_told_to_keep_them()
    {
        await using var bank = await BankFolder<TEngine>.Make();
        Directory.Delete(bank.Keys, recursive: true);

        var run = await VerbRun.Of(["migrate", .. bank.Options()]);

        run.Code.ShouldBe(0, run.Error);
        run.Output.ShouldContain("apart from the backups");
        KeyRing.Open(bank.Keys).Newest.ShouldBe(1);
    }
}

public sealed class Migrating_sqlite : MigrateTests<Sqlite>;

public sealed class Migrating_postgres : MigrateTests<Postgres>
{
    [Fact]
    public async Task The_server_does_not_migrate_PostgreSQL_by_itself_but_names_the_command()
    {
        await using var bank = await BankFolder<Postgres>.Make();
        await using (var connection = new Npgsql.NpgsqlConnection(bank.Connection))
        {
            await connection.OpenAsync();
            await using var forget = new Npgsql.NpgsqlCommand("DELETE FROM schema_history", connection);
            await forget.ExecuteNonQueryAsync();
        }

        var run = await VerbRun.Of(["serve", .. bank.Options()]);

        run.Code.ShouldBe(1);
        run.Error.ShouldContain("Run `migrate`");
    }
}
