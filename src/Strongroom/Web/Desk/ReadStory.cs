using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Clients.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

/// <summary>Where a page of a story begins: at an instant, after so many entries of that very instant. One act may write many.</summary>
public readonly record struct StoryMark(DateTime At, int After)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:O}~{After}");

    /// <summary>An address is typed by anyone: what is no mark is the newest page.</summary>
    public static StoryMark? Parse(string? text)
    {
        if (text?.Split('~') is not [var at, .. var rest]) return null;
        var after = rest is [var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var count) ? count : 0;
        return DateTime.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var instant) ? new(instant.ToUniversalTime().ToMilliseconds(), Math.Clamp(after, 0, 1_000)) : null;
    }
}

public sealed record StoryPage(IReadOnlyList<TimelineEntry> Entries, StoryMark? Older);

/// <summary>What happened to a locker, a person or an agreement: the log's events, and before them the visits that the branch's old register tells.</summary>
internal sealed class ReadStory(StrongroomDb db, CurrentActor current, AuditKindBook kinds)
{
    public const int Size = 50;

    /// <param name="about">One subject; or a person with the records that were merged into theirs.</param>
    public async Task<StoryPage> Page(IReadOnlyList<Subject> about, string zone, StoryMark? from, CancellationToken cancel)
    {
        var take = Size + 1 + (from?.After ?? 0);
        // The contract asks for what is older; those of the mark's own instant are wanted, too.
        var events = await Events(about, from?.At.AddMilliseconds(1), take, cancel);
        var visits = await OldVisits(about[0], zone, from?.At, take, cancel);
        var names = await Names([.. events.Select(one => one.Actor), .. visits.Select(one => one.Line.Operator)], cancel);

        var clients = await db.ClientNames(events.Select(ClientOf), cancel);
        string? WhoOf(TimelineEvent one) => one.Actor is { } actor ? names.GetValueOrDefault(actor) : ClientOf(one) is { } client ? clients.GetValueOrDefault(client) ?? client : "Strongroom";

        var all = events.Select(one => new TimelineEntry(one.At, What(one), WhoOf(one), ToneOf(one)))
            .Concat(visits.Select(one => new TimelineEntry(one.At, What(one.Line), Who(one.Line, names)) { DateOnly = one.Line.TimeIn is null }))
            .OrderByDescending(entry => entry.At).ToList();
        var entries = all.Skip(from is { } mark ? Math.Min(mark.After, all.TakeWhile(entry => entry.At == mark.At).Count()) : 0).ToList();
        if (entries.Count <= Size) return new(entries, null);

        var shown = entries.Take(Size).ToList();
        var last = shown[^1].At;
        return new(shown, new StoryMark(last, shown.Count(entry => entry.At == last) + (from?.At == last ? from.Value.After : 0)));
    }

    // Each by its own index; an event about two of them is told once.
    private async Task<List<TimelineEvent>> Events(IReadOnlyList<Subject> about, DateTime? before, int take, CancellationToken cancel)
    {
        List<TimelineEvent> events = [];
        foreach (var one in about) events.AddRange(await db.TimelineOf(one, before, take, cancel));
        return [.. events.DistinctBy(one => one.Id).OrderByDescending(one => one.At).ThenByDescending(one => one.Id.Value).Take(take)];
    }

    private async Task<List<(DateTime At, RegisterLine Line)>> OldVisits(Subject about, string zone, DateTime? until, int take, CancellationToken cancel)
    {
        var lines = db.RegisterLines();
        if (about.Kind == Subject.KindOf<Noun.Locker>()) lines = lines.Where(line => line.Locker == new LockerId(about.Id));
        else if (about.Kind == Subject.KindOf<Noun.Agreement>()) lines = lines.Where(line => line.Agreement == new AgreementId(about.Id));
        else if (about.Kind == Subject.KindOf<Noun.Person>()) lines = Mine(lines.Where(line => line.Operator == new PersonId(about.Id)));
        else return [];

        // By days, for the register has days; the hours of the mark's own day are told apart below.
        var day = until?.DateIn(zone);
        var rows = await lines.Where(line => day == null || line.Date < day)
            .OrderByDescending(line => line.Date).ThenByDescending(line => line.TimeIn).ThenBy(line => line.Source).ThenBy(line => line.Line).Take(take).ToListAsync(cancel);
        if (day is not null)
        {
            var sameDay = await lines.Where(line => line.Date == day)
                .OrderByDescending(line => line.TimeIn).ThenBy(line => line.Source).ThenBy(line => line.Line).ToListAsync(cancel);
            rows = [.. sameDay.Where(line => At(line, zone) <= until), .. rows];
        }
        // Databases differ on where a time stands that was not recorded: here, at the day's beginning.
        return [.. rows.Select(line => (At(line, zone), line)).OrderByDescending(one => one.Item1).ThenBy(one => one.line.Source).ThenBy(one => one.line.Line).Take(take)];
    }

    // A person may have come to branches that the reader has nothing to do with.
    private IQueryable<RegisterLine> Mine(IQueryable<RegisterLine> lines)
    {
        var branches = current.Now.BranchesWith(AuditRights.Timeline);
        return branches is null ? lines : lines.Where(line => db.LockerFacts().Any(locker => locker.Id == line.Locker && branches.Contains(locker.Branch)));
    }

    private static DateTime At(RegisterLine line, string zone) => line.Date.ToUtc(line.TimeIn ?? TimeOnly.MinValue, zone).ToMilliseconds();

    private static string What(RegisterLine line) => (line.TimeIn, line.TimeOut) switch
    {
        (_, { } left) => $"Visit in the old register, until {left.ToString("HH:mm", CultureInfo.InvariantCulture)}",
        (null, null) => "Visit in the old register, no times recorded",
        _ => "Visit in the old register, end not recorded",
    };

    private static string Who(RegisterLine line, Dictionary<PersonId, string> names) => string.Join(", ", new[]
    {
        line.Operator is { } person ? names.GetValueOrDefault(person) : "somebody whom the register names and nobody here knows",
        line.Officer is { } officer ? $"served by {officer}" : null,
        string.Create(CultureInfo.InvariantCulture, $"line {line.Line}"),
    }.OfType<string>());

    private async Task<Dictionary<PersonId, string>> Names(IEnumerable<PersonId?> persons, CancellationToken cancel)
    {
        var ids = persons.OfType<PersonId>().Distinct().ToList();
        return await db.PersonFacts().Where(person => ids.Contains(person.Id)).ToDictionaryAsync(person => person.Id, person => person.Name, cancel);
    }

    private string What(TimelineEvent one)
    {
        var told = string.Join(", ", one.Data.Where(pair => pair.Key != Event.ByClient).Select(pair => $"{pair.Key.Replace('-', ' ')} {pair.Value}"));
        return told.Length == 0 ? kinds.Sentence(one.Kind) : $"{kinds.Sentence(one.Kind)} ({told})";
    }

    private static string? ClientOf(TimelineEvent one) => one.Data.GetValueOrDefault(Event.ByClient);

    private static Tone ToneOf(TimelineEvent one) => one.Kind.EndsWith("refused", StringComparison.Ordinal) ? Tone.Danger : Tone.Neutral;
}
