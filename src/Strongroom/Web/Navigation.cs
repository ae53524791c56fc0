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
/// <param name="Under">The page on which it stands as a further link instead of in the header; in the header all the same for who may not open that page.</param>
public sealed record NavigationEntry(Face Face, string Label, string Href, string? Policy, int Order, string? Under = null)
{
    internal bool Shows(Actor actor) => Policy is null || (actor.SignedIn && (Policy == RightPolicies.SignedIn || actor.May(Policy)));
}

/// <summary>
/// The links in the faces' headers. A module that brings a page of its own registers a <see cref="NavigationEntry"/> as a singleton.
/// </summary>
public static class Navigation
{
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Profile = "/profile";
    public const string Lock = "/lock";
    public const string StillHere = "/still-here";

    /// <summary>The header's links for this person.</summary>
    public static IReadOnlyList<NavigationEntry> For(Face face, IEnumerable<NavigationEntry> entries, Actor actor)
    {
        var shown = entries.Where(entry => entry.Face == face && entry.Shows(actor)).ToList();
        return [.. Ordered(shown.Where(entry => entry.Under is null || (entry.Under != Profile && !shown.Exists(other => other.Href == entry.Under))))];
    }

    /// <summary>What stands on a page as further links.</summary>
    public static IReadOnlyList<NavigationEntry> Under(string href, IEnumerable<NavigationEntry> entries, Actor actor) =>
        [.. Ordered(entries.Where(entry => entry.Under == href && entry.Shows(actor)))];

    /// <summary>The one link that is open at this path: the longest that it begins with, or the one under which that stands.</summary>
    public static NavigationEntry? OpenAt(string path, IReadOnlyList<NavigationEntry> links, IEnumerable<NavigationEntry> entries)
    {
        // A face's own home would otherwise count as open on every page beneath it.
        var at = entries.Where(entry => path == entry.Href || (entry.Href != Home(entry.Face) && path.StartsWith(entry.Href + "/", StringComparison.Ordinal)))
            .OrderByDescending(entry => entry.Href.Length).FirstOrDefault();
        return at is null ? null : links.FirstOrDefault(link => link.Href == at.Href) ?? links.FirstOrDefault(link => link.Href == at.Under);
    }

    private static IEnumerable<NavigationEntry> Ordered(IEnumerable<NavigationEntry> entries) => entries.OrderBy(entry => entry.Order).ThenBy(entry => entry.Href, StringComparer.Ordinal);

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
