using Strongroom.Web.Lists;

namespace Strongroom.Modules.Customers;

internal sealed class PeopleDownload(ReadPeople people) : IDownloads
{
    public const string Path = "/desk/people/csv";

    public async Task<Download?> Make(IQueryCollection asked, CancellationToken cancel)
    {
        var list = asked.List();
        var found = await people.Search(asked["q"], list.SortKey, list.Descending, 0, cancel, Download.Most + 1);
        return Download.Of("people", null, found.People,
            ("Name", person => person.Name),
            ("Customer number", person => person.Cif),
            ("Due diligence until", person => person.DueDiligenceReviewOn),
            ("Photograph of", person => person.PhotographTakenOn));
    }
}
