using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Strongroom.AuditLog.Events;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.Tests.AuditLog;

namespace Strongroom.Tests.Verifier;

public sealed class CommandLineTests : IAsyncLifetime
{
    private readonly BankLog bank = new();

    private string Key => bank.Key.Verifier.ToString();

    public async ValueTask InitializeAsync() => await bank.GrowTo(300);

    public ValueTask DisposeAsync()
    {
        bank.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_mistake_in_asking_is_no_verdict_on_the_log()
    {
        (await VerifierRun.Of("verify", bank.Folder)).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", bank.Folder, "--key", "nonsense")).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", bank.Folder + "-not-there", "--key", Key)).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", bank.Folder, "--key", Key, "--witness", Key)).Error.ShouldContain("is a log's, not a witness's");
        (await VerifierRun.Of("verify", bank.Folder, "--key", Key, "--no-such")).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", bank.Folder, "--key", Key, "--since", "not-there")).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", bank.Folder, "--key", Key, "--events", "not-there")).Code.ShouldBe(2);
        (await VerifierRun.Of("verify", Directory.CreateTempSubdirectory().FullName, "--key", Key)).Output.ShouldContain("There is no checkpoint");
        (await VerifierRun.Of()).Code.ShouldBe(2);
    }

    [Fact]
    public async Task A_log_is_checked_over_the_network_as_it_is_in_a_folder()
    {
        await using var server = await Serve();
        (await VerifierRun.Of("verify", server.Urls.First() + "/log", "--key", Key)).Output.ShouldContain("300 entries");
        File.Delete(Path.Combine(bank.Folder, "tile/entries/000"));
        var run = await VerifierRun.Of("verify", server.Urls.First() + "/log/", "--key", Key);
        (run.Code, run.Output.Contains("tile/entries/000, with the entries 0 to 255, is missing", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task A_log_that_cannot_be_reached_or_answers_with_errors_is_neither_held_nor_broken()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        taken.Stop();
        var run = await VerifierRun.Of("verify", $"http://127.0.0.1:{port}/log", "--key", Key);
        (run.Code, run.Output.StartsWith("CANNOT TELL", StringComparison.Ordinal)).ShouldBe((2, true));

        await using var server = await Serve(path => path.Contains("entries", StringComparison.Ordinal) ? 403 : null);
        (await VerifierRun.Of("verify", server.Urls.First() + "/log", "--key", Key)).Output.ShouldContain("tile/entries/000 was answered with 403");
    }

    [Fact]
    public async Task An_answer_without_end_is_cut()
    {
        var app = WebApplication.CreateSlimBuilder();
        app.WebHost.UseUrls("http://127.0.0.1:0");
        await using var server = app.Build();
        server.Run(async http =>
        {
            while (!http.RequestAborted.IsCancellationRequested) await http.Response.Body.WriteAsync(new byte[64 * 1024], http.RequestAborted);
        });
        await server.StartAsync();
        (await VerifierRun.Of("verify", server.Urls.First(), "--key", Key)).Output.ShouldContain("checkpoint is longer than 262144 bytes");
    }

    [Fact]
    public async Task A_receipt_is_checked_without_asking_anybody()
    {
        var file = Path.Combine(bank.Folder, "visit.tlog-proof");
        var receipt = await ReceiptTests.Of(bank, 123);
        File.WriteAllBytes(file, receipt.ToBytes());
        var leaf = TreeHash.OfLeaf(bank.Entries[123]).ToString();
        var good = await VerifierRun.Of("verify-receipt", file, "--key", Key, "--leaf", leaf);
        good.Output.ShouldContain("Entry 123 of the 300 that bank.example/log signed");
        good.Output.ShouldContain("It says: access.visit-admitted on 2026-11-23 04:32:03 UTC");
        good.Code.ShouldBe(0);

        (await VerifierRun.Of("verify-receipt", file, "--key", Key, "--leaf", TreeHash.OfLeaf(bank.Entries[1]).ToString())).Output.ShouldContain("not the one of the slip");
        File.WriteAllBytes(file, (receipt with { Extra = EventEncoding.Encode(BankLog.Event(123) with { Address = "1.1.1.1" }) }).ToBytes());
        var edited = await VerifierRun.Of("verify-receipt", file, "--key", Key);
        (edited.Code, edited.Output.Contains("does not lead from the entry to the root", StringComparison.Ordinal)).ShouldBe((1, true));
        File.WriteAllBytes(file, (receipt with { Extra = null }).ToBytes());
        (await VerifierRun.Of("verify-receipt", file, "--key", Key)).Code.ShouldBe(2);
        (await VerifierRun.Of("verify-receipt", file, "--key", Key, "--leaf", leaf)).Code.ShouldBe(0);
        File.WriteAllText(file, "nonsense");
        (await VerifierRun.Of("verify-receipt", file, "--key", Key)).Code.ShouldBe(1);
    }

    [Fact]
    public async Task A_key_is_made_once_and_for_its_owner_alone()
    {
        var file = Path.Combine(bank.Folder, "log.key");
        var made = await VerifierRun.Of("keygen", "bank.example/log", "--out", file);
        made.Code.ShouldBe(0);
        using var key = SigningKey.Parse(File.ReadAllText(file).Trim());
        made.Output.Trim().ShouldBe(key.Verifier.ToString());
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await VerifierRun.Of("keygen", "bank.example/log", "--out", file)).Code.ShouldBe(2);
        (await VerifierRun.Of("keygen", "has space", "--out", file + "2")).Code.ShouldBe(2);
        VerifierKey.Parse((await VerifierRun.Of("keygen", "w.example", "--witness", "--out", file + "3")).Output.Trim()).Type.ShouldBe(SignatureType.Cosignature);
    }

    [Theory]
    [InlineData("{}", "\"format\" is missing"), InlineData("nonsense", "the line is no JSON"), InlineData("[]", "no JSON object"), InlineData("", "the export is empty")]
    [InlineData("{\"format\":\"strongroom-events/1\",\"origin\":\"bank.example/log\",\"size\":300}\n{\"index\":0,\"id\":\"x\",\"body\":\"\"}\n", "line 2: an id is no UUID")]
    [InlineData("{\"format\":\"strongroom-events/1\",\"origin\":\"bank.example/log\",\"size\":300}\n{\"index\":0", "ends within a line")]
    [InlineData("{\"format\":\"strongroom-events/1\",\"origin\":\"other\",\"size\":300}\n", "export of the log \"other\"")]
    [InlineData("{\"format\":\"strongroom-events/1\",\"origin\":\"bank.example/log\",\"size\":300,\"size\":1}\n", "no JSON")]
    public async Task What_is_no_export_is_named_with_its_line(string export, string said)
    {
        var file = Path.Combine(bank.Folder, "export");
        File.WriteAllText(file, export.Length > 0 && !export.Contains('\n', StringComparison.Ordinal) ? export + "\n" : export);
        var run = await VerifierRun.Of("verify", bank.Folder, "--key", Key, "--events", file);
        run.Output.ShouldContain(said);
        run.Code.ShouldBe(1);
    }

    private async Task<WebApplication> Serve(Func<string, int?>? refuse = null)
    {
        var app = WebApplication.CreateSlimBuilder();
        app.WebHost.UseUrls("http://127.0.0.1:0");
        var server = app.Build();
        server.Run(async http =>
        {
            var path = http.Request.Path.Value!;
            var file = Path.Combine(bank.Folder, path["/log/".Length..]);
            if (refuse?.Invoke(path) is { } status) http.Response.StatusCode = status;
            else if (File.Exists(file)) await http.Response.SendFileAsync(file);
            else http.Response.StatusCode = 404;
        });
        await server.StartAsync();
        return server;
    }
}
