using Microsoft.Extensions.Primitives;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Web.Lists;

/// <summary>Where something is to be had as a file, and with which right: a list as CSV, a register as PDF.</summary>
/// <param name="Title">As an approver reads it: "Customers".</param>
/// <param name="Names">It holds names of people, so that policy says how many rows one person may take alone.</param>
internal abstract record FileAddress(string Path, string Right, string Title, bool Names)
{
    /// <summary>Under which a refusal stands in the log.</summary>
    public abstract string ActName { get; }

    /// <summary>"CSV".</summary>
    public abstract string Form { get; }

    /// <summary>Reads what would be in the file for whoever asks. Nothing has left yet, and nothing is written.</summary>
    public abstract Task<Outcome<FileToBe>> Prepare(IServiceProvider services, Act act, IQueryCollection asked, CancellationToken cancel);
}

/// <summary>A file that nobody has let out yet.</summary>
/// <param name="Branch">Whose it is; null where it is not one branch's.</param>
/// <param name="Asked">What narrows it, so that the same can be asked another day: branch and days stand in it even where the address left them out.</param>
/// <param name="Happened">The event that says it was taken.</param>
/// <param name="Make">Makes it; it takes a while for a long one.</param>
internal sealed record FileToBe(BranchId? Branch, int Rows, IReadOnlyDictionary<string, string> Asked, Event Happened, Func<TakenFile> Make);

/// <param name="Name">"people.csv".</param>
/// <param name="Opens">Shown by the browser instead of kept.</param>
internal sealed record TakenFile(string Name, string ContentType, bool Opens, Func<Stream, Task> Write) : IShownOnce
{
    public IResult Answer(HttpContext http)
    {
        if (Opens) http.Response.Headers.ContentDisposition = $"inline; filename=\"{Name}\"";
        return TypedResults.Stream(Write, ContentType, Opens ? null : Name);
    }
}

/// <summary>All files that can be had.</summary>
internal sealed class FileAddresses(IEnumerable<DownloadAddress> lists, IEnumerable<RegisterAddress> registers)
{
    private readonly Dictionary<string, FileAddress> byPath = lists.Concat<FileAddress>(registers).ToDictionary(address => address.Path, StringComparer.Ordinal);

    /// <returns>Null where there is none, or it is not this person's.</returns>
    public FileAddress? For(Actor actor, string path) => byPath.GetValueOrDefault(path) is { } address && actor.May(address.Right) ? address : null;
}

internal static class AskedFile
{
    /// <summary>What an address asks for, by name; the page that somebody was looking at is no part of it.</summary>
    public static SortedDictionary<string, string> Parts(this IQueryCollection asked) => new(
        asked.Where(one => !StringValues.IsNullOrEmpty(one.Value) && !one.Key.EndsWith("page", StringComparison.Ordinal)).ToDictionary(one => one.Key, one => one.Value.ToString()), StringComparer.Ordinal);
}
