namespace Strongroom.Data;

/// <summary>Where people reach this server: what stands before a link in a message. Configured, never guessed from a request.</summary>
internal sealed record SiteAddress(Uri Uri)
{
    /// <param name="path">"/complaint/…".</param>
    public string To(string path) => new Uri(Uri, path).ToString();

    /// <summary>Production checks the setting itself before it starts.</summary>
    public static SiteAddress Of(IConfiguration configuration) => new(new Uri(configuration["Strongroom:PublicAddress"] ?? "http://localhost:5080"));
}
