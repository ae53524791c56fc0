using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Customers;

public sealed record PeoplePageful(IReadOnlyList<PersonFacts> People, int Total);

/// <param name="BornOn">Null for a reader who may not change it, even where there is one.</param>
/// <param name="Address">As <paramref name="BornOn"/>.</param>
public sealed record PersonDetails(PersonFacts Facts, DateOnly? BornOn, string? Address, IReadOnlyList<ChannelLine> Channels)
{
    /// <summary>Who acts for this organisation.</summary>
    public IReadOnlyList<ActsFor> Signatories { get; init; } = [];

    /// <summary>For whom this person acts.</summary>
    public IReadOnlyList<ActsFor> Organisations { get; init; } = [];

    public IReadOnlyList<ConsentFacts> Consents { get; init; } = [];
}

/// <param name="Other">The signatory, or the organisation: who is not the person that is read.</param>
/// <param name="Resolution">Null for a reader who may not change it.</param>
public sealed record ActsFor(SignatoryId Id, PersonId Other, string Name, DateOnly From, DateOnly? Until, int Together, string? Resolution, DateOnly? DueDiligenceReviewOn);

public sealed record ChannelLine(ChannelId Id, ChannelKind Kind, string Masked, ChannelState State, DateTime? VerifiedAt)
{
    /// <summary>Another address waits until this one has agreed to be replaced.</summary>
    public bool ChangeWaits { get; init; }
}

/// <param name="Address">A whole e-mail address or mobile number.</param>
public sealed record ReachedAtRequest([property: Required, StringLength(254)] string Address);

internal sealed class ReadPeople(StrongroomDb db, CurrentActor current, Seals seals, FindPeople find, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>
    /// By what may stand in an address of a page, and so in logs. E-mail addresses and mobile numbers may not: <see cref="ReachedAt"/> is
    /// asked by a form.
    /// </summary>
    /// <param name="text">Words of the name, or the whole of a customer number; empty finds all.</param>
    public async Task<PeoplePageful> Search(string? text, string? sort, bool descending, int skip, CancellationToken cancel, int take = PageSize)
    {
        var found = from row in db.Set<Person>().AsNoTracking()
                    join name in db.Set<PersonName>() on row.Id equals name.Person
                    where row.MergedInto == null
                    select new { row, name };
        if (text?.Trim() is { Length: > 0 } asked)
        {
            var named = db.PersonsNamed(asked);
            found = found.Where(it => named.Contains(it.row.Id) || it.row.Cif == asked);
        }
        // Counting millions takes longer than showing fifty.
        var total = await found.OrderBy(it => it.row.Id).Take(ListQuery.Countable + 1).CountAsync(cancel);
        var ordered = (sort, descending) switch
        {
            ("review", false) => found.OrderBy(it => it.row.DueDiligenceReviewOn).ThenBy(it => it.row.Id),
            ("review", true) => found.OrderByDescending(it => it.row.DueDiligenceReviewOn).ThenBy(it => it.row.Id),
            (_, true) => found.OrderByDescending(it => it.name.Folded).ThenBy(it => it.row.Id),
            _ => found.OrderBy(it => it.name.Folded).ThenBy(it => it.row.Id),
        };
        var people = await ordered.Skip(skip).Take(take).Select(it => new PersonFacts
        {
            Id = it.row.Id,
            Kind = it.row.Kind,
            Name = it.name.FullName,
            Cif = it.row.Cif,
            Language = it.row.Language,
            DueDiligenceReviewOn = it.row.DueDiligenceReviewOn,
            Photograph = it.row.Photograph,
            PhotographTakenOn = it.row.PhotographTakenOn,
            Version = it.row.Version,
        }).ToListAsync(cancel);
        return new(people, total);
    }

    /// <inheritdoc cref="FindPeople.ReachedAt"/>
    public Task<IReadOnlyList<PersonFacts>?> ReachedAt(string? text, CancellationToken cancel) => find.ReachedAt(text, PageSize, cancel);

    public async Task<PersonDetails?> One(PersonId id, CancellationToken cancel)
    {
        if (await db.PersonFacts().SingleOrDefaultAsync(person => person.Id == id, cancel) is not { } facts) return null;
        var channels = await db.Set<Channel>().AsNoTracking().Where(row => row.Person == id && row.RemovedAt == null)
            .OrderBy(row => row.Kind).ThenBy(row => row.Id).Select(row => new ChannelLine(row.Id, row.Kind, row.Masked, row.State, row.VerifiedAt)).ToListAsync(cancel);
        var consents = await db.ConsentFacts().Where(consent => consent.Person == id).OrderBy(consent => consent.Purpose).ToListAsync(cancel);
        var organisations = await (from signatory in db.SignatoryFacts()
                                   join organisation in db.PersonFacts() on signatory.Organisation equals organisation.Id
                                   where signatory.Person == id
                                   orderby organisation.Folded
                                   select new ActsFor(signatory.Id, organisation.Id, organisation.Name, signatory.From, signatory.Until, signatory.Together, null, organisation.DueDiligenceReviewOn)).ToListAsync(cancel);
        var signatories = await Signatories(id, cancel);
        // Who only reads sees what serves a visit; what identifies a person in the world is for those who keep it.
        if (!current.Now.May(CustomersRights.Write)) return new(facts, null, null, channels) { Consents = consents, Organisations = organisations, Signatories = signatories };

        var row = await db.Set<Person>().AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        var key = await seals.KeyOf(db, id, cancel);
        return new(facts,
            row.BornOn is { } born ? key.Open(CustomersContract.BornOnColumn, id.Value, born) : null,
            row.Address is { } home ? key.Open(CustomersContract.HomeColumn, id.Value, home) : null,
            channels)
        {
            Consents = consents,
            Organisations = organisations,
            Signatories = signatories,
        };
    }

    private async Task<IReadOnlyList<ActsFor>> Signatories(PersonId organisation, CancellationToken cancel)
    {
        var rows = await (from signatory in db.Set<Signatory>().AsNoTracking()
                          join person in db.PersonFacts() on signatory.Person equals person.Id
                          where signatory.Organisation == organisation && signatory.EndedAt == null
                          orderby person.Folded
                          select new { signatory, person.Name, person.DueDiligenceReviewOn }).ToListAsync(cancel);
        if (rows.Count == 0) return [];
        var key = current.Now.May(CustomersRights.Write) ? await seals.KeyOf(db, organisation, cancel) : null;
        return [.. rows.Select(row => new ActsFor(row.signatory.Id, row.signatory.Person, row.Name, row.signatory.From, row.signatory.Until, row.signatory.Together,
            key?.Open(Signatory.ResolutionColumn, row.signatory.Id.Value, row.signatory.Resolution), row.DueDiligenceReviewOn))];
    }

    /// <summary>The date at the reader's branch; for those of the whole bank, at its first one.</summary>
    public async Task<DateOnly> Today(CancellationToken cancel)
    {
        var branches = current.Now.BranchesWith(CustomersRights.Read);
        var zone = await db.BranchFacts().Where(branch => branches == null || branches.Contains(branch.Id))
            .OrderBy(branch => branch.Code).Select(branch => branch.Zone).FirstOrDefaultAsync(cancel);
        return clock.UtcNow().DateIn(zone ?? "UTC");
    }
}
