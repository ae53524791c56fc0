using System.Globalization;

namespace Strongroom.Data;

/// <summary>Where this installation keeps its things. Set-up only: no business number is configured here.</summary>
public sealed record Settings(string DataDirectory, string KeysFolder, string ConnectionString, string? OwnerConnectionString, string? BlobsFolder)
{
    /// <summary>The engine follows from the connection string: a Host= in it means PostgreSQL.</summary>
    public bool IsPostgres { get; } = ConnectionString.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    public static Settings Of(IConfiguration configuration)
    {
        var data = Path.GetFullPath(configuration["data"] ?? configuration["Strongroom:DataDirectory"] ?? "data");
        return new(
            data,
            configuration["Strongroom:Keys:Folder"] ?? Path.Combine(data, "keys"),
            configuration.GetConnectionString("Strongroom") ?? string.Create(CultureInfo.InvariantCulture, $"Data Source={Path.Combine(data, "strongroom.db")}"),
            configuration.GetConnectionString("StrongroomOwner"),
            configuration["Strongroom:Blobs:Folder"]);
    }
}
