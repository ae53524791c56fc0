namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>Where to go after signing in or signing: an address of this site and of no other, whatever the query says.</summary>
internal static class LocalUrl
{
    public static string Or(string? url, string otherwise) => IsLocal(url) ? url! : otherwise;

    public static string With(string path, string name, string? value) => string.IsNullOrEmpty(value) ? path : $"{path}?{name}={Uri.EscapeDataString(value)}";

    // "//elsewhere" and "/\elsewhere" are other sites to a browser; a line break would end the header.
    private static bool IsLocal(string? url) => url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl);
}
