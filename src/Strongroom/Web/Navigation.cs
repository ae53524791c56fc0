namespace Strongroom.Web;

/// <summary>The six faces of one design.</summary>
public enum Face
{
    Public,
    Account,
    Desk,
    Office,
    Security,
    Audit,
}

/// <param name="Policy">The authorization policy that shows the link; the page guards itself all the same. Null shows it to all.</param>
/// <param name="Order">Places a module's own entry among these; ten apart, so that one fits between.</param>
public sealed record NavigationEntry(Face Face, string Label, string Href, string? Policy, int Order);

/// <summary>
/// The links in the faces' headers. A module that brings a page of its own registers a <see cref="NavigationEntry"/> as a singleton.
/// </summary>
public static class Navigation
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Profile = "/profile";

    public static IEnumerable<NavigationEntry> For(Face face, IEnumerable<NavigationEntry> entries) =>
        entries.Where(entry => entry.Face == face).OrderBy(entry => entry.Order).ThenBy(entry => entry.Href, StringComparer.Ordinal);

    public static string Home(Face face) => face switch
    {
        Face.Public => "/",
        Face.Account => "/account",
        Face.Desk => "/desk",
        Face.Office => "/office",
        Face.Security => "/security",
        Face.Audit => "/audit",
    };

    /// <summary>What stands beside the bank's name; customers are not told that their page is a face.</summary>
    public static string? Title(Face face) => face switch
    {
        Face.Public or Face.Account => null,
        Face.Desk => "Desk",
        Face.Office => "Office",
        Face.Security => "Security",
        Face.Audit => "Audit",
    };
}
