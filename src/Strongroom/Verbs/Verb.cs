using System.CommandLine;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Staff;
using Strongroom.Shared;

namespace Strongroom.Verbs;

/// <summary>The command line: `serve` unless another verb is named. Options that a verb does not know are ordinary ASP.NET Core configuration.</summary>
public static class Verb
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Strongroom, the bank locker server.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((_, cancel) => Serve(args, cancel));
        root.Add(Named("serve", "Run the server (the default).", Serve));
        root.Add(Named("migrate", "Bring the database to this version; make the key ring of a new bank.", Migrate));
        root.Add(StaffVerb.Command(args));
        return root.Parse(args).InvokeAsync();

        Command Named(string name, string description, Func<string[], CancellationToken, Task<int>> run)
        {
            var command = new Command(name, description) { TreatUnmatchedTokensAsErrors = false };
            command.SetAction((_, cancel) => run([.. args.Skip(1)], cancel));
            return command;
        }
    }

    private static async Task<int> Serve(string[] args, CancellationToken cancel)
    {
        await using var app = StrongroomApp.Build(args);
        await app.RunAsync(cancel);
        return 0;
    }

    private static async Task<int> Migrate(string[] args, CancellationToken cancel)
    {
        var settings = Settings.Of(new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build());
        Directory.CreateDirectory(settings.DataDirectory);
        if (!KeyRing.Exists(settings.KeysFolder)) KeyRing.Create(settings.KeysFolder);
        await Schema.Migrate(settings, TimeProvider.System.UtcNow(), cancel);
        Console.WriteLine($"The database is at this version. Keys: {settings.KeysFolder} (back them up: without them the sealed data is lost).");
        return 0;
    }
}
