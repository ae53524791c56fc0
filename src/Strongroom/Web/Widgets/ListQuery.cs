namespace Strongroom.Web.Widgets;

/// <summary>What a list's address asks for: <c>?sort=-name&amp;page=2</c>. A minus sorts downwards; pages count from one.</summary>
public readonly record struct ListQuery(string? SortKey, bool Descending, int Page)
{
    /// <summary>An address is typed by anyone, so an odd page is the first page and not an error.</summary>
    public static ListQuery From(string? sort, int? page)
    {
        var descending = sort?.StartsWith('-') == true;
        var key = descending ? sort![1..] : sort;
        return new ListQuery(string.IsNullOrEmpty(key) ? null : key, descending, Math.Clamp(page ?? 1, 1, 1_000_000));
    }

    /// <summary>How far a long list is counted, and so how far its pages go: who looks for one among more asks for it.</summary>
    public const int Countable = 10_000;

    public int Skip(int pageSize) => (Page - 1) * pageSize;
}
