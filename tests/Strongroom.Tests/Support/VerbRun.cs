using Strongroom.Verbs;

namespace Strongroom.Tests.Support;

/// <summary>What a verb of the command line answered.</summary>
internal sealed record VerbRun(int Code, string Output, string Error)
{
    public static async Task<VerbRun> Of(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await Verb.Run([.. args, "--Logging:LogLevel:Default", "Warning"], output, error);
        return new(code, output.ToString(), error.ToString());
    }
}

/// <summary>A bank on disk that no server has opened yet: a migrated database of the engine, and keys.</summary>
internal sealed class BankFolder<TEngine> : IAsyncDisposable where TEngine : IEngine
{
    private BankFolder(string folder, string connection) => (Folder, Connection) = (folder, connection);

    public string Folder { get; }

    public string Connection { get; }

    public string Keys => Path.Combine(Folder, "keys");

    public string[] Options(string environment = "Development") => ["--environment", environment, "--data", Folder, "--ConnectionStrings:Strongroom", Connection, "--Logging:LogLevel:Default", "Warning"];

    public static async Task<BankFolder<TEngine>> Make()
    {
        var folder = Directory.CreateTempSubdirectory("strongroom-bank-").FullName;
        var bank = new BankFolder<TEngine>(folder, await TEngine.NewDatabase(folder));
        Strongroom.Data.Sealing.KeyRing.Create(bank.Keys);
        Strongroom.Modules.Audit.Contracts.LogKeys.Create(bank.Keys, "bank.example/log");
        return bank;
    }

    public async ValueTask DisposeAsync()
    {
        await TEngine.Drop(Connection);
        Directory.Delete(Folder, recursive: true);
    }
}
