using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Web.Files;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Lists;

/// <summary>
/// A list as a file. What is sealed stands in it masked, as on the page; so there is nothing in it that the page would not show, only more rows
/// at once, and that is why each download is an event.
/// </summary>
/// <param name="Name">Of the list, in the log and before ".csv": "lockers".</param>
/// <param name="About">Whose list it is: the branch, where it is one branch's.</param>
internal sealed record Download(string Name, BranchId? About, IReadOnlyList<string> Titles, IReadOnlyList<IReadOnlyList<string?>> Rows)
{
    /// <summary>More rows than this are a report, not a list.</summary>
    public const int Most = 50_000;

    public static Download Of<T>(string name, BranchId? about, IEnumerable<T> rows, params (string Title, Func<T, object?> Value)[] columns) => new(
        name, about, [.. columns.Select(column => column.Title)], [.. rows.Select(row => (IReadOnlyList<string?>)[.. columns.Select(column => CsvSheet.Cell(column.Value(row)))])]);
}

/// <summary>Makes a list's file: all rows that this reader may see, in the order that the address asks for, at most one more than <see cref="Download.Most"/>.</summary>
internal interface IDownloads
{
    /// <returns>Null when there is no such list for this reader.</returns>
    Task<Download?> Make(IQueryCollection asked, CancellationToken cancel);
}

internal sealed record ListTooLong() : Refusal("list-too-long", 422, $"The list has more than {Download.Most} rows.", "Narrow it by its search or its branch, and download it again.");

/// <summary>Where a list's file is to be had.</summary>
internal sealed record DownloadAddress(string Path, string Right, string Title, bool Names, Type List) : FileAddress(Path, Right, Title, Names)
{
    public override string ActName => "audit.download-list";

    public override string Form => "CSV";

    public override async Task<Outcome<FileToBe>> Prepare(IServiceProvider services, Act act, IQueryCollection asked, CancellationToken cancel)
    {
        if (await ((IDownloads)services.GetRequiredService(List)).Make(asked, cancel) is not { } made) return new NoSuch("list");
        if (made.Rows.Count > Download.Most) return new ListTooLong();
        var downloaded = new Event(AuditKinds.ListDownloaded).About(made.About).With("list", made.Name).With("rows", made.Rows.Count);
        // What was searched for may be a name: the log says only that a search narrowed the list.
        foreach (var part in asked.Keys.Where(key => asked[key].ToString().Length > 0).Select(key => key.ToLowerInvariant()).Intersect(["q", "search"])) downloaded.With("narrowed-by", part);
        var parts = asked.Parts();
        if (made.About is { } branch) parts["branch"] = branch.ToString();
        return new FileToBe(made.About, made.Rows.Count, parts, downloaded,
            () => new($"{made.Name}.csv", CsvSheet.ContentType, Opens: false, to => CsvSheet.Write(to, made.Titles, made.Rows, cancel)));
    }
}

internal static class Downloads
{
    /// <summary>The list's file at an address of its own beside the list's page, with the page's query.</summary>
    public static IServiceCollection AddDownload<TList>(this IServiceCollection services, string path, string right, string title, bool names) where TList : class, IDownloads =>
        services.AddScoped<TList>().AddSingleton(new DownloadAddress(path, right, title, names, typeof(TList)));

    public static void MapDownloads(this WebApplication app)
    {
        foreach (var address in app.Services.GetServices<DownloadAddress>()) app.Map(address);
    }

    private static void Map(this IEndpointRouteBuilder routes, DownloadAddress address) =>
        routes.MapGet(address.Path, async Task<IResult> (HttpContext http, TakeFile take, CancellationToken cancel) =>
            (await take.Handle(address, http.Request.Query, cancel)).Refused(out var refusal, out var taken)
                ? refusal is FileNeedsApproval && http.Request.IsByReader() ? TypedResults.Redirect(AskForFilePage.For(address, http.Request.Query)) : refusal.ToProblem(http)
                : taken.Answer(http)).RequireAuthorization(address.Right).ExcludeFromDescription();

    public static ListQuery List(this IQueryCollection asked) => ListQuery.From(asked["sort"], 1);

    public static Guid? Branch(this IQueryCollection asked) => Guid.TryParse(asked["branch"], out var branch) ? branch : null;

    /// <summary>Somebody who reads is led on; a program reads the refusal as it is.</summary>
    public static bool IsByReader(this HttpRequest request) => request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
