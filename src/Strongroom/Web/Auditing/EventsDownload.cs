using Strongroom.Web.Lists;

namespace Strongroom.Web.Auditing;

internal sealed class EventsDownload(ReadEvents events) : IDownloads
{
    public const string Path = "/audit/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var found = await events.Page(EventQuery.Of(asked), null, Download.Most + 1, cancel);
        return Download.Of("events", null, found.Lines,
            ("When, UTC", line => line.At),
            ("What", line => line.Words),
            ("Kind", line => line.Kind),
            ("Who", line => line.Who),
            ("Event", line => line.Id));
    }
}
