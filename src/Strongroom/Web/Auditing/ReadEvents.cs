using Microsoft.EntityFrameworkCore;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Events;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Clients.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web.Desk;

namespace Strongroom.Web.Auditing;

/// <summary>What somebody looks for in the log. Each part that is given narrows it.</summary>
/// <param name="Locker">A locker's number.</param>
/// <param name="Person">Whom it is about: words of a name, a customer number, or the id that stands in the address of their page.</param>
/// <param name="Officer">The staff number of who acted.</param>
/// <param name="From">First day, UTC.</param>
/// <param name="To">Last day, UTC.</param>
public sealed record EventQuery(string? Kind, string? Locker, string? Person, string? Officer, DateOnly? From, DateOnly? To)
{
    public static EventQuery Of(IQueryCollection asked) => new(Text(asked["kind"]), Text(asked["locker"]), Text(asked["person"]), Text(asked["officer"]),
        DateOnly.TryParseExact(asked["from"], "yyyy-MM-dd", out var from) ? from : null, DateOnly.TryParseExact(asked["to"], "yyyy-MM-dd", out var to) ? to : null);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

public sealed record EventLine(EventId Id, DateTime At, string Kind, string Words, string Who);

/// <param name="TooMany">More people answer to what was asked for than were looked for.</param>
public sealed record EventPageful(IReadOnlyList<EventLine> Lines, StoryMark? Older, bool TooMany);

/// <summary>One event with all that the log says of it.</summary>
/// <param name="Says">Null when the row's payload cannot be read any more, which is a finding.</param>
/// <param name="Names">What people call the subjects that have a name or a number.</param>
public sealed record EventWhole(EventFacts Facts, LogEvent? Says, string Words, string Who, IReadOnlyDictionary<Guid, string> Names);

/// <summary>Searches the log for those with the right: in the whole bank, or what concerns their branches.</summary>
internal sealed class ReadEvents(StrongroomDb db, CurrentActor current, AuditKindBook kinds)
{
    public const int Size = 50;

    /// <summary>So many people of one name are looked for at once.</summary>
    public const int MostPeople = 200;

    public async Task<EventPageful> Page(EventQuery query, StoryMark? from, int size, CancellationToken cancel)
    {
        var about = query.Person is { } words ? await People(words, cancel) : null;
        var events = await Mine(query, about?.Take(MostPeople).ToList(), cancel);
        if (from is { } mark) events = events.Where(row => row.At <= mark.At);
        var rows = await events.OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Skip(from?.After ?? 0).Take(size + 1)
            .Select(row => new { row.Id, row.At, row.Kind, row.Actor, Body = row.Actor == null ? row.Body : null }).ToListAsync(cancel);
        var shown = rows.Take(size).ToList();
        var who = await Names([.. shown.Select(row => row.Actor).OfType<PersonId>().Distinct()], cancel);
        var clients = shown.Where(row => row.Body is not null).ToDictionary(row => row.Id, row => ClientOf(Decode(row.Body!)));
        var called = await db.ClientNames(clients.Values, cancel);
        var last = shown.LastOrDefault()?.At;
        var older = rows.Count > size ? new StoryMark(last!.Value, shown.Count(row => row.At == last) + (from?.At == last ? from.Value.After : 0)) : (StoryMark?)null;
        return new([.. shown.Select(row => new EventLine(row.Id, row.At, row.Kind, kinds.Sentence(row.Kind), Who(row.Actor, who, clients.GetValueOrDefault(row.Id), called)))], older, about?.Count > MostPeople);
    }

    public async Task<EventWhole?> One(EventId id, CancellationToken cancel)
    {
        if (await (await Mine(new(null, null, null, null, null, null), null, cancel)).SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } facts) return null;
        var who = await Names(facts.Actor is { } actor ? [actor] : [], cancel);
        var says = Decode(facts.Body);
        var client = ClientOf(says);
        return new(facts, says, kinds.Sentence(facts.Kind), Who(facts.Actor, who, client, await db.ClientNames([client], cancel)), says is null ? new Dictionary<Guid, string>() : await Called(says, cancel));
    }

    private async Task<IQueryable<EventFacts>> Mine(EventQuery query, List<Guid>? persons, CancellationToken cancel)
    {
        var events = db.EventFacts();
        if (current.Now.BranchesWith(AuditRights.Read) is { } branches)
        {
            var ids = branches.Select(branch => branch.Value).ToList();
            events = events.Where(row => db.EventAbouts().Any(about => about.Event == row.Id && about.Kind == "branch" && ids.Contains(about.Id)));
        }
        if (query.Kind is { } kind) events = events.Where(row => row.Kind == kind);
        if (persons is not null) events = events.Where(row => db.EventAbouts().Any(about => about.Event == row.Id && about.Kind == "person" && persons.Contains(about.Id)));
        if (query.Locker is { } number)
        {
            var lockers = (await db.LockerFacts().Where(locker => locker.Number == number).Select(locker => locker.Id).ToListAsync(cancel)).ConvertAll(locker => locker.Value);
            events = events.Where(row => db.EventAbouts().Any(about => about.Event == row.Id && about.Kind == "locker" && lockers.Contains(about.Id)));
        }
        if (query.Officer is { } staff) events = events.Where(row => db.OfficerFacts().Any(officer => officer.StaffNumber == staff && row.Actor == officer.Person));
        if (query.From is { } first)
        {
            var begin = first.ToUtc(TimeOnly.MinValue, "UTC");
            events = events.Where(row => row.At >= begin);
        }
        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = to.AddDays(1).ToUtc(TimeOnly.MinValue, "UTC");
            events = events.Where(row => row.At < end);
        }
        return events;
    }

    private async Task<Dictionary<Guid, string>> Called(LogEvent says, CancellationToken cancel)
    {
        List<T> Ids<T>(string kind, Func<Guid, T> id) => [.. says.Subjects.Where(subject => subject.Kind == kind).Select(subject => id(subject.Id))];
        var (persons, lockers, branches, agreements) = (Ids("person", id => new PersonId(id)), Ids("locker", id => new LockerId(id)), Ids("branch", id => new BranchId(id)), Ids("agreement", id => new AgreementId(id)));
        var names = (await Names(persons, cancel)).ToDictionary(person => person.Key.Value, person => person.Value);
        foreach (var locker in await db.LockerFacts().Where(row => lockers.Contains(row.Id)).Select(row => new { row.Id, row.Number }).ToListAsync(cancel)) names[locker.Id.Value] = locker.Number;
        foreach (var branch in await db.BranchFacts().Where(row => branches.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToListAsync(cancel)) names[branch.Id.Value] = branch.Name;
        foreach (var agreement in await db.AgreementFacts().Where(row => agreements.Contains(row.Id)).Select(row => new { row.Id, row.Number }).ToListAsync(cancel)) names[agreement.Id.Value] = agreement.Number;
        return names;
    }

    private async Task<List<Guid>> People(string words, CancellationToken cancel)
    {
        if (Guid.TryParse(words, out var id)) return [id];
        var folded = CustomersContract.Fold(words);
        return (await db.PersonFacts().Where(person => person.Cif == words || person.Folded.Contains(folded)).OrderBy(person => person.Id)
            .Select(person => person.Id).Take(MostPeople + 1).ToListAsync(cancel)).ConvertAll(person => person.Value);
    }

    private async Task<Dictionary<PersonId, string>> Names(List<PersonId> persons, CancellationToken cancel) =>
        await db.PersonFacts().Where(person => persons.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);

    private static string Who(PersonId? actor, Dictionary<PersonId, string> names, string? client, IReadOnlyDictionary<string, string> clients) =>
        actor is { } person ? names.GetValueOrDefault(person) ?? person.ToString() : client is null ? "Strongroom" : clients.GetValueOrDefault(client) ?? client;

    private static string? ClientOf(LogEvent? says) => says?.Data.FirstOrDefault(member => member.Key == Event.ByClient).Value?.ToString();

    private static LogEvent? Decode(byte[] body)
    {
        try
        {
            return EventEncoding.Decode(body);
        }
        catch (Exception unread) when (unread is MalformedException or UnknownVersionException)
        {
            return null;
        }
    }
}
