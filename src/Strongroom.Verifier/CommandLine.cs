using System.CommandLine;
using System.Net;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.Verifier.Checks;
using Strongroom.Verifier.Witnessing;

namespace Strongroom.Verifier;

/// <summary>The verbs. Each ends with 0 (holds, done), 1 (broken) or 2 (cannot tell, and every mistake in asking).</summary>
internal static class CommandLine
{
    private static readonly Option<string> Key = new("--key") { Description = "The log's verifier key, name+id+base64. Get it from the bank on paper, not from the log's own address.", Required = true };
    private static readonly Option<string?> Origin = new("--origin") { Description = "The log's name, when it is not its key's." };
    private static readonly Option<string[]> Witness = new("--witness") { Description = "The verifier key of a witness that must have signed, too. May be given several times.", AllowMultipleArgumentsPerToken = true };

    /// <returns>The exit code.</returns>
    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error, CancellationToken cancel = default)
    {
        var parsed = new RootCommand("Checks the audit log of a bank that runs Strongroom, without the bank.") { Verify(output, error), VerifyReceipt(output), MakeKey(output), Serve(output) }.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var wrong in parsed.Errors) await error.WriteLineAsync(wrong.Message);
            await error.WriteLineAsync("Try --help.");
            return (int)Verdict.CannotTell;
        }
        try
        {
            return await parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, cancel);
        }
        catch (Exception e) when (e is MalformedException or IOException or UnauthorizedAccessException or UriFormatException)
        {
            await error.WriteLineAsync($"CANNOT TELL: {e.Message}");
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("CANNOT TELL: stopped before the end.");
        }
        return (int)Verdict.CannotTell;
    }

    private static Command Verify(TextWriter output, TextWriter error)
    {
        var log = new Argument<string>("log") { Description = "The log's address (https://bank.example/log), or a folder with a copy." };
        var since = new Option<string[]>("--since") { Description = "A checkpoint that you kept from an earlier day. May be given several times.", AllowMultipleArgumentsPerToken = true };
        var events = new Option<string?>("--events") { Description = "The bank's export of its events, to be compared with the log." };
        var keep = new Option<string?>("--keep") { Description = "Keep the checkpoint in this file when the log holds, for the next --since." };
        var late = new Option<int>("--late") { Description = "Minutes by which an event may be dated before one that stands before it.", DefaultValueFactory = _ => 60 };
        var command = new Command("verify", "Checks a whole log.") { log, Key, Origin, Witness, since, events, keep, late };
        command.SetAction(async (parsed, cancel) =>
        {
            var question = new Question(VerifierKey.Parse(parsed.GetRequiredValue(Key)), parsed.GetValue(Origin), Witnesses(parsed), parsed.GetValue(since) ?? [], parsed.GetValue(events), TimeSpan.FromMinutes(parsed.GetValue(late)));
            var where = parsed.GetRequiredValue(log);
            using var http = Http();
            var findings = new Findings();
            var progress = new Progress(error);
            var signed = await new LogCheck(Open(where, http), question, findings, progress).Run(cancel);
            progress.End();
            findings.Write(output, where);
            if (parsed.GetValue(keep) is { } file && signed is not null && findings.Verdict == Verdict.Holds) DurableFile.Replace(file, signed.Note.ToBytes());
            return (int)findings.Verdict;
        });
        return command;
    }

    private static Command VerifyReceipt(TextWriter output)
    {
        var file = new Argument<string>("receipt") { Description = "A file named .tlog-proof." };
        var entry = new Option<string?>("--entry") { Description = "A file with the entry's bytes, when the receipt does not carry them." };
        var leaf = new Option<string?>("--leaf") { Description = "The leaf's hash in base64, as a slip shows it." };
        var command = new Command("verify-receipt", "Checks a receipt, asking nobody.") { file, Key, Origin, Witness, entry, leaf };
        command.SetAction(async (parsed, cancel) =>
        {
            var findings = new Findings();
            var path = parsed.GetRequiredValue(file);
            ReceiptCheck.Run(await Small(path, Receipt.LongestBytes, cancel), parsed.GetValue(entry) is { } given ? await Small(given, AuditLog.Tiles.TilePath.LongestEntry, cancel) : null,
                parsed.GetValue(leaf) is { } hash ? Hash.Parse(hash) : null, VerifierKey.Parse(parsed.GetRequiredValue(Key)), parsed.GetValue(Origin), Witnesses(parsed), findings);
            findings.Write(output, path);
            return (int)findings.Verdict;
        });
        return command;
    }

    private static Command MakeKey(TextWriter output)
    {
        var name = new Argument<string>("name") { Description = "Of the log or the witness, like an address without its scheme: bank.example/log." };
        var file = new Option<string>("--out") { Description = "The file for the private key. It must not be there.", Required = true };
        var witness = new Option<bool>("--witness") { Description = "A witness's key, not a log's." };
        var command = new Command("keygen", "Makes a key and prints its verifier key.") { name, file, witness };
        command.SetAction(parsed =>
        {
            output.WriteLine(Keygen.Write(parsed.GetRequiredValue(name), parsed.GetValue(witness) ? SignatureType.Cosignature : SignatureType.Ed25519, parsed.GetRequiredValue(file)));
            return 0;
        });
        return command;
    }

    private static Command Serve(TextWriter output)
    {
        var key = new Option<string>("--key") { Description = "The file with the witness's private key.", Required = true };
        var logs = new Option<string[]>("--log") { Description = "The verifier key of a log to witness. May be given several times.", Required = true, AllowMultipleArgumentsPerToken = true };
        var data = new Option<string>("--data") { Description = "The folder where it remembers what it signed. Losing it is losing the witness's memory.", Required = true };
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => "http://127.0.0.1:5090" };
        var command = new Command("witness", "Serves a witness for logs (C2SP tlog-witness).") { key, logs, data, urls };
        command.SetAction(async (parsed, cancel) =>
        {
            using var signing = Keygen.Read(parsed.GetRequiredValue(key));
            if (signing.Verifier.Type != SignatureType.Cosignature) throw new MalformedException("This is a log's key; a witness needs one made with keygen --witness.");
            using var book = new WitnessBook(signing, parsed.GetRequiredValue(logs).Select(VerifierKey.Parse), parsed.GetRequiredValue(data), TimeProvider.System);
            await using var app = WitnessServer.Build(book, parsed.GetRequiredValue(urls).Split(';'));
            await app.StartAsync(cancel);
            foreach (var url in app.Urls) output.WriteLine($"The witness {signing.Verifier} listens on {url}");
            await Microsoft.Extensions.Hosting.HostingAbstractionsHostExtensions.WaitForShutdownAsync(app, cancel);
            return 0;
        });
        return command;
    }

    private static ILogReader Open(string where, HttpClient http) =>
        Uri.TryCreate(where, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && !Directory.Exists(where)
            ? new CachedLog(new HttpLog(http, new Uri(where)))
            : Directory.Exists(where) ? new FolderLog(where) : throw new LogUnavailableException($"{where} is neither an address nor a folder.");

    private static List<VerifierKey> Witnesses(ParseResult parsed)
    {
        var keys = (parsed.GetValue(Witness) ?? []).Select(VerifierKey.Parse).ToList();
        return keys.TrueForAll(key => key.Type == SignatureType.Cosignature) ? keys : throw new MalformedException("A key given with --witness is a log's, not a witness's.");
    }

    private static async Task<byte[]> Small(string path, int longest, CancellationToken cancel) =>
        new FileInfo(path) is { Exists: true } file && file.Length > longest ? throw new MalformedException($"{path} is longer than {longest} bytes.") : await File.ReadAllBytesAsync(path, cancel);

    private static HttpClient Http() => new(new SocketsHttpHandler
    {
        AutomaticDecompression = DecompressionMethods.GZip,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    { Timeout = TimeSpan.FromSeconds(60) };
}
