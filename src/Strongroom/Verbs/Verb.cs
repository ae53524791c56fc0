using System.CommandLine;
using System.Data.Common;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Staff;

namespace Strongroom.Verbs;

/// <summary>The command line: `serve` unless another verb is named. Options that a verb does not know are ordinary ASP.NET Core configuration.</summary>
public static class Verb
{
    public static Task<int> Run(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var root = new RootCommand("Strongroom, the bank locker server.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction(Serve.Run);
        root.Add(Named("serve", "Run the server (the default). On SQLite it migrates by itself.", Serve.Run));
        root.Add(Named("migrate", "Bring the database to this version; make the key ring of a new bank.", Migrate.Run));
        root.Add(Named("backup", "Copy data and keys into a new folder, with a manifest of checksums.", BackUp.Run, BackUp.To, BackUp.KeysTo));
        root.Add(Named("doctor", "Look at everything the server needs and say what is wrong; exit code 1 when something is.", Doctor.Run));
        root.Add(new Command("staff", "Officers of the bank.")
        {
            Named("add", "Enter an officer, post them from today, and print the code to activate their sign-in, once.", StaffVerb.Add, StaffVerb.Options),
        });
        root.Add(ImportVerb.Command());
        root.Add(LogVerb.Command());
        root.Add(Named("openapi", "Write the API's description to a file, or to the standard output.", WriteOpenApi.Run, WriteOpenApi.To));
        return Invoke(root.Parse(args), new InvocationConfiguration { Output = output ?? Console.Out, Error = error ?? Console.Error, EnableDefaultExceptionHandler = false });
    }

    private static async Task<int> Invoke(ParseResult parsed, InvocationConfiguration streams)
    {
        try
        {
            return await parsed.InvokeAsync(streams);
        }
        catch (DbException broken)
        {
            await streams.Error.WriteLineAsync($"The database cannot be used: {broken.Message} Look at --data and ConnectionStrings:Strongroom; `doctor` says more.");
            return 1;
        }
    }

    private static Command Named(string name, string description, Func<ParseResult, CancellationToken, Task<int>> run, params Option[] options)
    {
        var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in options) command.Add(option);
        command.SetAction(run);
        return command;
    }

    /// <summary>What is left for the configuration: `--data`, `--urls`, `--environment`, `--ConnectionStrings:Strongroom` …</summary>
    internal static string[] Rest(this ParseResult parsed) => [.. parsed.UnmatchedTokens];

    internal static TextWriter Output(this ParseResult parsed) => parsed.InvocationConfiguration.Output;

    internal static TextWriter Error(this ParseResult parsed) => parsed.InvocationConfiguration.Error;

    /// <summary>The server's parts for a verb that ends: quiet, because its answer goes to the standard output.</summary>
    internal static WebApplication Parts(this ParseResult parsed) => StrongroomApp.Build(parsed.Rest(), builder => builder.Logging.ClearProviders());
}
