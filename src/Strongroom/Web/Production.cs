using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Npgsql;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Web;

/// <param name="What">What is wrong, naming the setting or file.</param>
/// <param name="Mend">What to do about it.</param>
internal sealed record StartProblem(string What, string Mend)
{
    public override string ToString() => $"{What} {Mend}";
}

/// <summary>
/// What a bank's server must not run with. In Production each of these keeps it from starting; elsewhere nothing here is asked.
/// `doctor` shows the same list.
/// </summary>
internal static class Production
{
    public const string PublicAddress = "Strongroom:PublicAddress", MailHost = "Mail:Host", MailFrom = "Mail:From", SmsUrl = "Sms:Url";

    /// <summary>`on`: plain HTTP between the proxy and the server crosses no network that anybody else is on.</summary>
    public const string PlainInside = "Strongroom:PlainInside";

    private static readonly string[] GuessedFirst = ["postgres", "password", "secret", "changeme", "change-me", "strongroom", "admin", "123456"];

    /// <summary>From settings and files alone: no database is asked.</summary>
    public static IReadOnlyList<StartProblem> Problems(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var settings = services.GetRequiredService<Settings>();
        return
        [
            .. Keys(settings),
            .. KeysAtRest(services),
            .. DemoFiles(settings),
            .. Address(configuration),
            .. Transport(configuration),
            .. Secrets(settings),
            .. Mail(configuration),
            .. Sms(configuration),
            .. ProviderSettings.Problems(configuration, services.GetRequiredService<IHostEnvironment>()),
            .. Telemetry(configuration),
        ];
    }

    /// <summary>What only the database knows. Asked after the schema was found right.</summary>
    public static async Task<IReadOnlyList<StartProblem>> ProblemsInDatabase(StrongroomDb db, CancellationToken cancel)
    {
        List<StartProblem> problems = [];
        if (await Installation.IsDemo(db, cancel)) problems.Add(DemoData("The database is marked as the Lab's."));
        if (await Soundness.ReadableKeys(db, cancel) is var readable and > 0)
            problems.Add(new($"{readable} Data Protection key(s) lie unsealed in the database.", "Delete those rows of data_protection_keys: everyone signs in anew, nothing else is lost."));
        return problems;
    }

    public static IReadOnlyList<string> Warnings(Settings settings) => settings.IsPostgres
        ? []
        : ["The bank is kept in a SQLite file: enough for one branch or a trial. Its log is guarded by triggers and the published tree, not by roles; choose PostgreSQL for a bank."];

    private static IEnumerable<StartProblem> Keys(Settings settings)
    {
        StartProblem? broken = null;
        try
        {
            KeyRing.Open(settings.KeysFolder);
        }
        catch (KeyRingException closed)
        {
            broken = new(closed.Message, "docs/operations.md, “The keys”, has the steps.");
        }
        if (broken is not null) yield return broken;
        else if (!LogKeys.Exist(settings.KeysFolder))
            yield return new($"There is no key for the log in {settings.KeysFolder}.", "Restore log-1.key with the other keys; for a new bank run `migrate`, which makes it.");
        else if (OpenToGroup(settings.KeysFolder) is { } file)
            yield return new($"{file} can be read by its group.", $"`chmod 600 {file}`, and give it to the server's own user.");
    }

    // systemd hands its credentials over with an access list, which shows as a group's right to read; nobody else gets into that folder.
    private static string? OpenToGroup(string folder)
    {
        if (OperatingSystem.IsWindows()) return null;
        if (Environment.GetEnvironmentVariable("CREDENTIALS_DIRECTORY") is { Length: > 0 } handed && Path.GetFullPath(folder) == Path.GetFullPath(handed)) return null;
        foreach (var file in Directory.EnumerateFiles(folder, "*.key"))
            if ((File.GetUnixFileMode(file) & UnixFileMode.GroupRead) != 0) return file;
        return null;
    }

    private static IEnumerable<StartProblem> KeysAtRest(IServiceProvider services)
    {
        if (services.GetRequiredService<IOptions<KeyManagementOptions>>().Value.XmlEncryptor is null)
            yield return new("Data Protection would write its keys in clear into the database.", "Something removed the encryptor that Data/DataModule.cs sets; put it back.");
    }

    private static IEnumerable<StartProblem> DemoFiles(Settings settings)
    {
        foreach (var name in new[] { Installation.StartedFile, Installation.ReadyFile })
        {
            var file = Path.Combine(settings.DataDirectory, name);
            if (File.Exists(file)) yield return DemoData($"{file} is there.");
        }
    }

    private static StartProblem DemoData(string sign) => new($"This is a demo bank with published passwords: {sign}", "Use an empty data directory and an empty database.");

    private static IEnumerable<StartProblem> Address(IConfiguration configuration)
    {
        const string mend = "Set it to the https address that people type, such as https://lockers.bank.example: passkeys and links are bound to it.";
        var given = configuration[PublicAddress];
        if (string.IsNullOrWhiteSpace(given)) yield return new($"{PublicAddress} is missing.", mend);
        else if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.AbsolutePath != "/")
            yield return new($"{PublicAddress} is “{given}”.", mend);
        else if (address.IsLoopback) yield return new($"{PublicAddress} is this machine alone.", mend);
    }

    private static IEnumerable<StartProblem> Transport(IConfiguration configuration)
    {
        foreach (var proxy in Proxies.Declared(configuration).Where(proxy => !Proxies.Understood(proxy)))
            yield return new($"{Proxies.Setting} has “{proxy}”.", "Give addresses or networks, such as 127.0.0.1 or 10.20.0.0/16, separated by commas.");
        var proxied = Proxies.Declared(configuration).Count > 0;
        foreach (var plain in Addresses(configuration).Where(url => !url.StartsWith("https://", StringComparison.OrdinalIgnoreCase)))
        {
            if (!proxied)
                yield return new($"The server would listen on {plain}, without TLS and without a proxy that it knows.",
                    $"Name the proxy that ends TLS in {Proxies.Setting}, or listen on https only.");
            else if (!OnThisMachine(plain) && configuration[PlainInside] != "on")
                yield return new($"The server would listen on {plain}, and what comes from the proxy would cross a network in clear.",
                    $"Listen on 127.0.0.1 beside the proxy, or on https. Where that network is the machine's own (a pod, a container's bridge), say so: {PlainInside}=on.");
        }
    }

    private static bool OnThisMachine(string url) =>
        url.StartsWith("http://unix:", StringComparison.OrdinalIgnoreCase) || (Uri.TryCreate(url.Replace("*", "any", StringComparison.Ordinal).Replace("+", "any", StringComparison.Ordinal), UriKind.Absolute, out var address) && address.IsLoopback);

    private static bool IsHere(string? host) => host is null || host.StartsWith('/') || host == "localhost" || (System.Net.IPAddress.TryParse(host, out var ip) && System.Net.IPAddress.IsLoopback(ip));

    private static string[] Addresses(IConfiguration configuration)
    {
        var urls = (configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var ports = (configuration["http_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"http://*:{port}");
        var secure = (configuration["https_ports"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(port => $"https://*:{port}");
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? "");
        string[] all = [.. urls, .. ports, .. secure, .. endpoints];
        return all.Length > 0 ? all : ["http://localhost:5000"];
    }

    private static IEnumerable<StartProblem> Secrets(Settings settings)
    {
        if (!settings.IsPostgres) yield break;
        var connection = new NpgsqlConnectionStringBuilder(settings.ConnectionString);
        if (connection.Password is { Length: > 0 } password
            && (password == connection.Username || GuessedFirst.Contains(password, StringComparer.OrdinalIgnoreCase)))
            yield return new("The database's password is one that is guessed first.", "Give the role a random one, best in a file named by Passfile in the connection string.");
        if (connection.SslMode != SslMode.VerifyFull && (connection.Host ?? "").Split(',').Any(host => !IsHere(host.Trim().Split(':')[0])))
            yield return new("The database is on another machine, and the connection does not prove which.",
                "Add `SSL Mode=VerifyFull` to the connection string, and `Root Certificate=` with the bank's own authority where it is none that the machine trusts.");
        if (settings.OwnerConnectionString is not null)
            yield return new("ConnectionStrings:StrongroomOwner is set for the server.", "Give it to `migrate` alone: a server that can become its tables' owner can rewrite its log.");
    }

    private static IEnumerable<StartProblem> Sms(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[SmsUrl]))
            yield return new($"{SmsUrl} is missing.", "Name the bank's SMS gateway: hirers must be told of every operation by e-mail and SMS (R13).");
        else if (!configuration[SmsUrl]!.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
            yield return new($"{SmsUrl} is not an https address.", "Messages hold names and numbers of lockers: let the gateway be reached by TLS.");
        else if (string.IsNullOrWhiteSpace(configuration["Sms:TokenFile"]) || string.IsNullOrWhiteSpace(configuration["Sms:From"]))
            yield return new("Sms:TokenFile or Sms:From is missing.", "Give the file with the gateway's token, and the sender that people see.");
    }

    private static IEnumerable<StartProblem> Mail(IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[MailHost]))
            yield return new($"{MailHost} is missing.", "Name the bank's mail server: hirers must be told of every operation of their locker (R13).");
        else if (string.IsNullOrWhiteSpace(configuration[MailFrom]))
            yield return new($"{MailFrom} is missing.", "Give the address that messages come from.");
        else if (string.Equals(configuration["Mail:Security"], "none", StringComparison.OrdinalIgnoreCase) && !IsHere(configuration[MailHost]))
            yield return new("Mail:Security is none, and the mail server is on another machine.", "Messages hold names and numbers of lockers: choose starttls or tls.");
    }

    private static IEnumerable<StartProblem> Telemetry(IConfiguration configuration)
    {
        if (Uri.TryCreate(configuration[TelemetryModule.Endpoint], UriKind.Absolute, out var collector) && collector.Scheme != Uri.UriSchemeHttps && !collector.IsLoopback)
            yield return new($"{TelemetryModule.Endpoint} is not an https address.", "Let the collector be reached by TLS, or put one beside the server that sends on.");
    }
}
