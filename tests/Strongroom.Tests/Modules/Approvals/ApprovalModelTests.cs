using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>
/// Every world that can come about: all orders in which all persons approve, reject, withdraw and use, rows change, rights are taken and given back and time
/// passes, until nothing new happens. What the rules let through is held against a count of the test's own.
/// </summary>
public sealed class ApprovalModelTests
{
    private static readonly PersonId Maker = Person(1), Subject = Person(2), Second = Person(3), Third = Person(4), Outsider = Person(5);
    private static readonly PersonId[] Everybody = [Maker, Subject, Second, Third, Outsider];
    private static readonly DateTime Made = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), Until = Made.AddDays(7);

    /// <summary>What can happen.</summary>
    private enum Deed { Approve, Reject, Withdraw, Use, LoseTheRight, GetTheRight, DoWhatBelongsApart, RowChanges, TimeIsUp, NightlyJob }

    /// <summary>A world at one instant. The shapes of requests are all that may be asked: for one or two others, done at once or later, about nobody, another, or its maker.</summary>
    private sealed record Place(ApprovalRequest Request, IReadOnlySet<PersonId> Subjects, bool AtOnce, IReadOnlyList<ApprovalEvent> Events, IReadOnlySet<PersonId> Rights, IReadOnlySet<PersonId> Apart, bool RowHolds, bool InTime)
    {
        public DateTime Now => InTime ? Made.AddDays(1) : Until;

        // MakerMay and MayNow are what the handlers look up: who has the right at this instant.
        public ApprovalCase Case => new(Request, Subjects, Events, Rights, Apart.ToDictionary(person => person, _ => "counted it"), Rights.Contains(Maker), RowHolds, AtOnce);

        public string Key => $"{string.Join(',', Events.Select(one => $"{one.Step}{one.By?.Value:N}"))}|{string.Join(',', Rights.Select(one => one.Value).Order())}|{string.Join(',', Apart.Select(one => one.Value).Order())}|{RowHolds}|{InTime}";

        public Place With(params IEnumerable<ApprovalEvent> happened) => this with { Events = [.. Events, .. happened] };
    }

    public static TheoryData<int, bool, string> Shapes()
    {
        var all = new TheoryData<int, bool, string>();
        foreach (var needed in new[] { 1, 2 })
            foreach (var atOnce in new[] { true, false })
                foreach (var about in new[] { "nobody", "another", "its maker" })
                    all.Add(needed, atOnce, about);
        return all;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_path_leads_from_made_to_done_without_as_many_others_as_are_needed(int needed, bool atOnce, string about)
    {
        var (places, done) = Walk(needed, atOnce, about);

        places.ShouldBeGreaterThan(100);
        done.ShouldNotBeEmpty("a request that enough others approve is carried out");
        foreach (var place in done)
        {
            var approved = place.Events.Where(one => one.Step == ApprovalStep.Approved).Select(one => one.By!.Value).ToList();
            var others = approved.Where(person => person != Maker && !place.Subjects.Contains(person) && place.Rights.Contains(person) && !place.Apart.Contains(person)).Distinct().Count();
            others.ShouldBeGreaterThanOrEqualTo(needed, place.Key);
            approved.ShouldBeUnique();
            approved.ShouldNotContain(Maker);
            approved.ShouldNotContain(Outsider);
            approved.Intersect(place.Subjects).ShouldBeEmpty();
            approved.ShouldAllBe(person => place.Events.All(one => one.Step != ApprovalStep.Approved || one.By != person || one.Signature != null));
            place.Rights.ShouldContain(Maker, "who asked may still ask for it");
            (place.RowHolds, place.InTime).ShouldBe((true, true));
            place.Events.Count(one => ApprovalLife.Closed(one.Step) is not null).ShouldBe(1, "it ends once");
            ApprovalLife.Closed(place.Events[^1].Step).ShouldBe(ApprovalState.Done, "and nothing follows");
        }
    }

    [Fact]
    public void What_is_about_its_maker_and_the_only_colleague_is_never_done()
    {
        var (_, done) = Walk(1, true, "another", rights: [Maker, Subject]);
        done.ShouldBeEmpty();
    }

    [Fact]
    public void Where_two_are_needed_one_colleague_is_not_enough()
    {
        var (_, done) = Walk(2, true, "nobody", rights: [Maker, Second]);
        done.ShouldBeEmpty();
    }

    private static (int Places, List<Place> Done) Walk(int needed, bool atOnce, string about, PersonId[]? rights = null)
    {
        var start = new Place(Request(needed), about switch { "another" => new HashSet<PersonId> { Subject }, "its maker" => new HashSet<PersonId> { Maker }, _ => new HashSet<PersonId>() },
            atOnce, [], (rights ?? [Maker, Subject, Second, Third]).ToHashSet(), Apart: new HashSet<PersonId>(), RowHolds: true, InTime: true);
        var mayHold = start.Rights;
        HashSet<string> seen = [start.Key];
        List<Place> done = [];
        var open = new Queue<Place>([start]);
        while (open.TryDequeue(out var place))
        {
            foreach (var next in Next(place, mayHold))
            {
                // What is over stays over, whatever is tried: only the worlds around it change.
                if (place.Events.Any(one => ApprovalLife.Closed(one.Step) is not null)) next.Events.Count.ShouldBe(place.Events.Count, place.Key);
                next.Events.Select(one => one.Number).ShouldBe(Enumerable.Range(1, next.Events.Count));
                if (!seen.Add(next.Key)) continue;
                if (next.Events.Count > place.Events.Count && next.Events[^1].Step == ApprovalStep.Used) done.Add(next);
                open.Enqueue(next);
            }
        }
        return (seen.Count, done);
    }

    private static IEnumerable<Place> Next(Place place, IReadOnlySet<PersonId> mayHold) =>
        from deed in Enum.GetValues<Deed>()
        from person in Everybody
        let next = After(place, deed, person, mayHold)
        where next is not null
        select next;

    private static Place? After(Place place, Deed deed, PersonId person, IReadOnlySet<PersonId> mayHold)
    {
        var (one, now) = (place.Case, place.Now);
        return deed switch
        {
            Deed.Approve => ApprovalLife.Approve(one, person, new SignatureId(person.Value), now).Value is { } happened ? place.With(happened) : null,
            Deed.Reject => ApprovalLife.Reject(one, person, [1], now).Value is { } rejected ? place.With(rejected) : null,
            Deed.Withdraw => ApprovalLife.Withdraw(one, person, now).Value is { } withdrawn ? place.With(withdrawn) : null,
            Deed.Use => ApprovalLife.Use(one, person, now).Value is { } used ? place.With(used) : null,
            Deed.LoseTheRight => place.Rights.Contains(person) ? place with { Rights = place.Rights.Where(other => other != person).ToHashSet() } : null,
            Deed.GetTheRight => mayHold.Contains(person) && !place.Rights.Contains(person) ? place with { Rights = place.Rights.Append(person).ToHashSet() } : null,
            // One of the two colleagues is enough, and keeps the worlds countable.
            Deed.DoWhatBelongsApart => person == Third && !place.Apart.Contains(person) ? place with { Apart = new HashSet<PersonId> { person } } : null,
            Deed.RowChanges => place with { RowHolds = false },
            Deed.TimeIsUp => place with { InTime = false },
            Deed.NightlyJob => ApprovalLife.Expire(one, now) is { } expired ? place.With(expired) : null,
        };
    }

    private static ApprovalRequest Request(int needed) => new()
    {
        Id = new(Guid.Parse("0198a000-0000-7000-8000-00000000000a")),
        Kind = "test.act",
        Branch = null,
        Hash = [],
        Payload = [],
        Words = [],
        Bound = "[]",
        Maker = Maker,
        Needed = needed,
        MadeAt = Made,
        ExpiresAt = Until,
    };

    private static PersonId Person(int number) => new(Guid.Parse($"0198a000-0000-7000-8000-{number:000000000000}"));
}
