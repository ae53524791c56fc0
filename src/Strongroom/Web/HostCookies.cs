namespace Strongroom.Web;

internal static class HostCookies
{
    /// <summary>
    /// A cookie of this host alone, by https alone, unreadable for scripts. In Development, where people try a bank on
    /// http://localhost, it goes by plain HTTP too and so without the prefix that browsers honour only by https.
    /// </summary>
    public static void OfThisHost(this CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        cookie.Name = NameOf(name, environment);
        cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.Path = "/";
        cookie.Domain = null;
    }

    public static string NameOf(string name, IHostEnvironment environment) => environment.IsDevelopment() ? name : "__Host-" + name;
}
