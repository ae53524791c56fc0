using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>
/// Every world that can come about: all orders in which all persons approve, reject, withdraw and use, rows change, rights are taken and given back and time
/// passes, until nothing new happens. What the rules let through is held against a count of the test's own.
/// </summary>
public sealed class ApprovalModelTests
{
    private static readonly PersonId Maker = Person(1), Subject = Person(2), Second = Person(3), Third = Person(4), Outsider = Person(5), Away = Person(6);
    private static readonly PersonId[] Everybody = [Maker, Subject, Second, Third, Outsider, Away];
    private static readonly DelegationId Handed = new(Guid.Parse("0198a000-0000-7000-8000-00000000000b"));
    private static readonly DateTime Made = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), Until = Made.AddDays(7);

    /// <summary>What can happen.</summary>
    private enum Deed { Approve, Reject, Withdraw, Use, LoseTheRight, GetTheRight, DoWhatBelongsApart, RowChanges, TimeIsUp, NightlyJob, HandOver, TakeBack }

    /// <summary>A world at one instant. The shapes of requests are all that may be asked: for one or two others, done at once or later, about nobody, another, or its maker.</summary>
    private sealed record Place(ApprovalRequest Request, IReadOnlySet<PersonId> Subjects, bool AtOnce, IReadOnlyList<ApprovalEvent> Events, IReadOnlySet<PersonId> Rights, IReadOnlySet<PersonId> Apart, bool RowHolds, bool InTime, StandIn? Handed, bool InForce)
    {
        public DateTime Now => InTime ? Made.AddDays(1) : Until;

        // MakerMay and MayNow are what the handlers look up: who has the right at this instant.
        public ApprovalCase Case => new(Request, Subjects, Events, Rights, Holds ? [Handed!] : [], Apart.ToDictionary(person => person, _ => "counted it"), Rights.Contains(Maker), RowHolds, AtOnce);

        // A delegation holds as long as its giver has the right.
        public bool Holds => InForce && Rights.Contains(Handed!.For);

        public string Key => $"{string.Join(',', Events.Select(one => $"{one.Step}{one.By?.Value:N}{one.For?.Value:N}"))}|{string.Join(',', Rights.Select(one => one.Value).Order())}|{string.Join(',', Apart.Select(one => one.Value).Order())}|{RowHolds}|{InTime}|{InForce}";

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

    public static TheoryData<int, bool, int> Delegated()
    {
        var all = new TheoryData<int, bool, int>();
        foreach (var needed in new[] { 1, 2 })
            foreach (var atOnce in new[] { true, false })
                // The maker, whom it is about, one of the two colleagues, and the one who may have done what belongs apart.
                foreach (var giver in new[] { 1, 2, 3, 4 })
                    all.Add(needed, atOnce, giver);
        return all;
    }

    [Theory]
    [MemberData(nameof(Delegated))]
    public void A_stand_in_adds_no_person_whoever_handed_over_and_whenever_it_ended(int needed, bool atOnce, int giver)
    {
        var handed = new StandIn(Handed, Away, Person(giver));
        var (places, done) = Walk(needed, atOnce, "another", handed: handed);

        places.ShouldBeGreaterThan(100);
        done.ShouldNotBeEmpty();
        foreach (var place in done)
        {
            var approved = place.Events.Where(one => one.Step == ApprovalStep.Approved).ToList();
            // By principal: who approved in their own right, and in whose place the stand-in did. One head each, whoever's hand it was.
            var heads = approved
                .Where(one => one.For is null ? place.Rights.Contains(one.By!.Value) : place.Holds)
                .Select(one => one.For ?? one.By!.Value)
                .Where(person => person != Maker && person != Subject && !place.Apart.Contains(person)).Distinct().Count();
            heads.ShouldBeGreaterThanOrEqualTo(needed, place.Key);
            approved.ShouldAllBe(one => one.By != Away || one.For == handed.For, "in nobody else's place");
            approved.ShouldAllBe(one => one.For != Maker && one.For != Subject, "nobody has their own matter decided by a stand-in");
        }
        done.Exists(place => place.Events.Any(one => one.For is not null)).ShouldBe(giver > 2, "a stand-in of who may decide it decides it, and of nobody else");
    }

    [Fact]
    public void Where_two_are_needed_one_colleague_and_their_stand_in_are_not_enough()
    {
        var (_, done) = Walk(2, true, "nobody", rights: [Maker, Second], handed: new(Handed, Away, Second));
        done.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, "whom it is about")]
    [InlineData(3, "who made it")]
    public void Neither_who_made_it_nor_whom_it_is_about_decides_it_as_a_stand_in(int standIn, string why)
    {
        var (by, about) = standIn == 1 ? (Maker, "nobody") : (Subject, "another");
        var (_, done) = Walk(1, true, about, rights: [Maker, Second], handed: new(Handed, by, Second));
        done.ShouldAllBe(place => place.Events.All(one => one.For == null), why);
    }

    [Fact]
    public void A_stand_in_who_did_what_belongs_apart_approves_nothing()
    {
        var (_, done) = Walk(1, true, "nobody", rights: [Maker, Second], handed: new(Handed, Third, Second));
        done.ShouldAllBe(place => !place.Apart.Contains(Third) || place.Events.All(one => one.For == null));
        done.ShouldContain(place => place.Events.Any(one => one.For != null));
    }

    [Fact]
    public void A_stand_in_of_two_is_one_person_all_the_same()
    {
        var (one, two) = (new StandIn(Handed, Away, Second), new StandIn(new(Guid.Parse("0198a000-0000-7000-8000-00000000000c")), Away, Third));
        var start = new ApprovalCase(Request(2), new HashSet<PersonId>(), [], new HashSet<PersonId> { Second, Third }, [one, two], new Dictionary<PersonId, string>(), MakerMay: true, BoundHolds: true, AtOnce: false);
        var first = ApprovalLife.Approve(start, Away, new(Guid.NewGuid()), Made.AddDays(1)).Value!;
        first.Single().For.ShouldBe(Second);
        var after = start with { Events = first };
        ApprovalLife.WhyNotApprove(after, Away, Made.AddDays(1)).ShouldBeOfType<ApprovedBefore>();
        ApprovalLife.WhyNotApprove(after, Second, Made.AddDays(1)).ShouldBeOfType<CountedAsOne>();
        ApprovalLife.WhyNotApprove(after, Third, Made.AddDays(1)).ShouldBeNull();

        // The other way round: where one of the two has approved, the stand-in speaks for the other.
        var own = start with { Events = ApprovalLife.Approve(start, Second, new(Guid.NewGuid()), Made.AddDays(1)).Value! };
        ApprovalLife.PlaceOf(own, Away, Made.AddDays(1)).ShouldBe(two);
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

    private static (int Places, List<Place> Done) Walk(int needed, bool atOnce, string about, PersonId[]? rights = null, StandIn? handed = null)
    {
        var start = new Place(Request(needed), about switch { "another" => new HashSet<PersonId> { Subject }, "its maker" => new HashSet<PersonId> { Maker }, _ => new HashSet<PersonId>() },
            atOnce, [], (rights ?? [Maker, Subject, Second, Third]).ToHashSet(), Apart: new HashSet<PersonId>(), RowHolds: true, InTime: true, handed, InForce: false);
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
            Deed.HandOver => place.Handed is null || place.InForce || person != place.Handed.For ? null : place with { InForce = true },
            Deed.TakeBack => !place.InForce || person != place.Handed!.By ? null : place with { InForce = false },
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
