using System.Globalization;
using System.Text;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Tests.Modules.Access;

/// <summary>
/// R10 and R12 whole: every mandate with every number of hirers that fits it, every combination of who is here and who has died, and every two facts
/// broken or unknown together. What is expected stands here in the words of the domain, apart from the rules that are asked.
/// </summary>
public sealed class MandateTableTests
{
    private static readonly AccessPolicy Policy = new() { PhotographYears = 5, RentGraceDays = 30, SecondOfficerForAgent = true };

    /// <summary>How two hirers may open: P is here, - is not, d has died; the first-named stands first.</summary>
    private const string OfTwo = """
                           PP  P-  -P  --  dP  d-  Pd  -d  dd
        Jointly            yes no  no  no  no  no  no  no  no
        Either or survivor yes yes yes no  yes no  yes no  no
        Former or survivor yes yes no  no  yes no  yes no  no
        Latter or survivor yes no  yes no  yes no  yes no  no
        """;

    /// <summary>Every mandate with every number of hirers, one to four, that fits it.</summary>
    public static TheoryData<Mandate, int> Mandates =>
        [.. from mandate in Enum.GetValues<Mandate>() from hirers in Enumerable.Range(1, 4) where mandate.Fits(hirers) select (mandate, hirers)];

    [Fact]
    public void Two_hirers_open_as_the_table_says()
    {
        string[] marks = ["PP", "P-", "-P", "--", "dP", "d-", "Pd", "-d", "dd"];
        var table = new StringBuilder().Append(' ', 19).AppendJoin("  ", marks);
        foreach (var mandate in Enum.GetValues<Mandate>().Where(mandate => mandate.Fits(2)))
        {
            table.Append('\n').Append(MandateWords.Of(mandate).PadRight(19))
                .Append(string.Concat(marks.Select(mark => (MandateRules.Met(mandate, Hirers(mark)) ? "yes" : "no").PadRight(4))).TrimEnd());
        }

        table.ToString().ShouldBe(OfTwo.ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Mandates))]
    public void Every_mandate_is_met_by_exactly_the_groups_that_its_words_name(Mandate mandate, int hirers)
    {
        foreach (var marks in Marks("P-d", hirers))
        {
            var here = Hirers(marks);
            MandateRules.Met(mandate, here).ShouldBe(Suffices(mandate, marks), $"{mandate}, {marks}");
            // In whatever order the database gives them.
            MandateRules.Met(mandate, [.. here.Reverse()]).ShouldBe(Suffices(mandate, marks), $"{mandate}, {marks} from behind");
        }
    }

    [Theory]
    [MemberData(nameof(Mandates))]
    public void A_hirer_whose_death_is_recorded_counts_as_absent_even_when_somebody_stands_there_in_their_name(Mandate mandate, int hirers)
    {
        foreach (var marks in Marks("P-dD", hirers))
            MandateRules.Met(mandate, Hirers(marks)).ShouldBe(Suffices(mandate, marks.Replace('D', 'd')), $"{mandate}, {marks}");
    }

    [Theory]
    [MemberData(nameof(Mandates))]
    public void The_decision_admits_who_the_mandate_and_the_letter_let_in_and_nobody_else(Mandate mandate, int hirers)
    {
        foreach (var marks in Marks("P-d", hirers))
        {
            foreach (var comes in Enum.GetValues<Comes>())
            {
                foreach (var second in new[] { false, true })
                {
                    var facts = Fine with
                    {
                        Mandate = mandate,
                        Hirers = Hirers(marks),
                        OperatorIsHirer = comes == Comes.Unknown ? null : comes == Comes.Hirer,
                        OperatorIsAgent = comes == Comes.Agent,
                        SecondOfficer = second,
                    };
                    // An agent comes for all of them by their letter, and the policy wants a second officer with anybody who is no hirer.
                    var admitted = comes switch
                    {
                        Comes.Hirer => Suffices(mandate, marks),
                        Comes.Agent => second,
                        _ => false,
                    };
                    AccessRules.Decide(facts, Policy).Result.ShouldBe(admitted ? Answer.Pass : Answer.Refuse, $"{mandate}, {marks}, {comes}, second officer {second}");
                }
            }
        }
    }

    [Theory]
    [InlineData(Mandate.Jointly)]
    [InlineData(Mandate.EitherOrSurvivor)]
    [InlineData(Mandate.FormerOrSurvivor)]
    [InlineData(Mandate.LatterOrSurvivor)]
    public void A_hirer_is_here_in_person_by_phone_or_by_enough_signatories(Mandate mandate)
    {
        // A person each, or an organisation of two of whom one (1) or both (2) must come.
        foreach (var first in new[] { 0, 1, 2 })
        {
            foreach (var second in new[] { 0, 1, 2 })
            {
                var (ones, others) = (Comers(1, first), Comers(2, second));
                MayCome[] all = [.. ones, .. others];
                foreach (var ways in Marks("-cp", all.Length))
                {
                    // At the counter or approved from a phone: the gathering makes one set of both.
                    var present = all.Where((_, at) => ways[at] != '-').Select(one => one.Person).ToHashSet();
                    var met = MandateRules.Met(mandate, [new(1, MandateRules.Here(ones, present)), new(2, MandateRules.Here(others, present))]);

                    var mark = string.Concat(Enough(ways[..ones.Length], first) ? "P" : "-", Enough(ways[ones.Length..], second) ? "P" : "-");
                    met.ShouldBe(Suffices(mandate, mark), $"{mandate}, {first} and {second} of two, {ways}");
                }
            }
        }

        static bool Enough(string ways, int together) => ways.Count(way => way != '-') >= Math.Max(together, 1);
    }

    [Fact]
    public void Any_two_facts_broken_or_unknown_answer_as_the_worse_of_them_and_name_exactly_themselves()
    {
        foreach (var one in Facts)
        {
            foreach (var other in Facts.Where(fact => fact.Rule != one.Rule))
            {
                var verdict = AccessRules.Decide(other.Spoil(one.Spoil(Fine)), Policy);

                verdict.Rules.Where(rule => rule.Answer != Answer.Pass).Select(rule => rule.Id).ShouldBe([one.Rule, other.Rule], ignoreOrder: true, $"{one.What}, {other.What}");
                verdict.Result.ShouldBe(Refuses(one.Rule) || Refuses(other.Rule) ? Answer.Refuse : Answer.Warn, $"{one.What}, {other.What}");
            }
        }
    }

    [Fact]
    public void Every_combination_of_broken_facts_refuses_as_soon_as_one_of_them_refuses()
    {
        var broken = Facts.DistinctBy(fact => fact.Rule).ToList();
        var (refusing, warning) = (broken.FindAll(fact => Refuses(fact.Rule)), broken.FindAll(fact => !Refuses(fact.Rule)));
        foreach (var warned in new[] { false, true })
        {
            var start = warned ? warning.Aggregate(Fine, (facts, fact) => fact.Spoil(facts)) : Fine;
            for (var chosen = 0; chosen < 1 << refusing.Count; chosen++)
            {
                var facts = refusing.Where((_, at) => (chosen & (1 << at)) != 0).Aggregate(start, (facts, fact) => fact.Spoil(facts));
                var verdict = AccessRules.Decide(facts, Policy);

                var expected = chosen != 0 ? Answer.Refuse : warned ? Answer.Warn : Answer.Pass;
                if (verdict.Result != expected) Assert.Fail($"{chosen:b}: {verdict.Result}, not {expected}");
                if ((AccessRules.ForCustomer(verdict.Rules) is null) != (chosen == 0)) Assert.Fail($"{chosen:b}: the customer hears a sentence when, and only when, refused");
            }
        }
    }

    [Fact]
    public void The_table_of_facts_names_every_rule_that_there_is() =>
        Facts.Select(fact => fact.Rule).Distinct().Order().ShouldBe(AccessRules.All.Select(rule => rule.Id).Order());

    private enum Comes { Hirer, Agent, Neither, Unknown }

    /// <summary>R12's two lists: what refuses and what only warns.</summary>
    private static bool Refuses(string rule) => rule is not ("due-diligence" or "photograph" or "agreement-papers" or "rent" or "key-embossed");

    private sealed record Fact(string Rule, string What, Func<AccessFacts, AccessFacts> Spoil);

    private static readonly IReadOnlyList<Fact> Facts =
    [
        new("day-open", "day closed", facts => facts with { DayOpen = false }),
        new("day-open", "day unknown", facts => facts with { DayOpen = null }),
        new("vault-hours", "no hours", facts => facts with { Hours = null }),
        new("vault-hours", "past hours", facts => facts with { Hours = new(new(8, 0), new(11, 0)) }),
        new("vault-room", "vault full", facts => facts with { PartiesInside = 2 }),
        new("vault-room", "count unknown", facts => facts with { PartiesInside = null }),
        new("vault-room", "limit unknown", facts => facts with { PartyLimit = null }),
        .. Enum.GetValues<HoldKind>().Select(kind => new Fact("hold", $"hold {kind}", facts => facts with { Holds = [kind] })),
        new("hold", "holds unknown", facts => facts with { Holds = null }),
        new("agreement", "agreement ended", facts => facts with { AgreementInForce = false }),
        new("agreement", "agreement unknown", facts => facts with { AgreementInForce = null }),
        new("mandate", "hirer absent", facts => facts with { Hirers = [new(1, Present: false)] }),
        new("mandate", "hirers unknown", facts => facts with { Hirers = null }),
        new("mandate", "mandate unknown", facts => facts with { Mandate = null }),
        new("identity", "identity not checked", facts => facts with { IdentityCheck = null }),
        new("identity", "not signed", facts => facts with { OperatorSign = null }),
        new("code-word", "code word not said", facts => facts with { CodeWord = false }),
        new("code-word", "code word unknown", facts => facts with { CodeWord = null }),
        new("guard-key", "guard key elsewhere", facts => facts with { CustodianHoldsGuardKey = false }),
        new("guard-key", "guard key unknown", facts => facts with { CustodianHoldsGuardKey = null }),
        new("custodian-independent", "custodian a party", facts => facts with { CustodianIsParty = true }),
        new("custodian-independent", "custodian a relative", facts => facts with { CustodianIsRelative = true }),
        new("custodian-independent", "kinship unknown", facts => facts with { CustodianIsRelative = null }),
        new("second-control", "out of hours and alone", facts => facts with { OutOfHours = true }),
        new("locker-in-service", "under repair", facts => facts with { LockerCondition = LockerCondition.UnderRepair }),
        new("locker-in-service", "condition unknown", facts => facts with { LockerCondition = null }),
        new("locker-closed", "open elsewhere", facts => facts with { LockerOpenElsewhere = true }),
        new("locker-closed", "unknown whether open", facts => facts with { LockerOpenElsewhere = null }),
        new("key-not-lost", "a key lost", facts => facts with { KeyReportedLost = true }),
        new("key-not-lost", "losses unknown", facts => facts with { KeyReportedLost = null }),
        new("due-diligence", "due diligence missing", facts => facts with { DueDiligenceReviewOn = null }),
        new("due-diligence", "due diligence overdue", facts => facts with { DueDiligenceReviewOn = new(2026, 11, 22) }),
        new("photograph", "photograph missing", facts => facts with { PhotographTakenOn = null }),
        new("photograph", "photograph old", facts => facts with { PhotographTakenOn = new(2020, 1, 1) }),
        new("agreement-papers", "not dated", facts => facts with { SignedOn = null }),
        new("agreement-papers", "no copy", facts => facts with { CopyDeliveredOn = null }),
        new("rent", "rent unknown", facts => facts with { RentPaidUntil = null }),
        new("rent", "rent overdue", facts => facts with { RentPaidUntil = new(2026, 9, 30) }),
        new("key-embossed", "key not embossed", facts => facts with { KeyEmbossed = false }),
        new("key-embossed", "embossing unknown", facts => facts with { KeyEmbossed = null }),
    ];

    /// <summary>Everything as it should be: a Monday at eleven, the hirer alone, identity checked.</summary>
    private static readonly AccessFacts Fine = new()
    {
        Today = new(2026, 11, 23),
        Now = new(11, 0),
        DayOpen = true,
        Hours = new(new(10, 0), new(16, 0)),
        PartiesInside = 0,
        PartyLimit = 2,
        Holds = [],
        AgreementInForce = true,
        Mandate = Mandate.Single,
        OperatorIsHirer = true,
        Hirers = [new(1, Present: true)],
        IdentityCheck = IdentityCheck.PhotographCompared,
        OperatorSign = OperatorSign.SlipSigned,
        CodeWord = true,
        CustodianHoldsGuardKey = true,
        CustodianIsParty = false,
        CustodianIsRelative = false,
        LockerCondition = LockerCondition.InService,
        LockerOpenElsewhere = false,
        DueDiligenceReviewOn = new(2028, 1, 1),
        PhotographTakenOn = new(2025, 1, 1),
        SignedOn = new(2024, 4, 1),
        CopyDeliveredOn = new(2024, 4, 1),
        RentPaidUntil = new(2027, 3, 31),
        KeyEmbossed = true,
        KeyReportedLost = false,
    };

    /// <summary>
    /// The words of the mandate as groups: who, if all of them come and live, may open. A mandate without "survivor" ends with a death, so its group
    /// stays as it was and cannot come any more; one with it goes on with whoever survives the one that it names.
    /// </summary>
    private static IEnumerable<string> Groups(Mandate mandate, string marks)
    {
        var each = Enumerable.Range(1, marks.Length).Select(position => position.ToString(CultureInfo.InvariantCulture)).ToList();
        var everybody = string.Concat(each);
        return mandate switch
        {
            Mandate.Single => ["1"],
            Mandate.Jointly => [everybody],
            Mandate.EitherOrSurvivor or Mandate.AnyoneOrSurvivor => each,
            Mandate.FormerOrSurvivor => marks.StartsWith('d') ? each : ["1"],
            Mandate.LatterOrSurvivor => marks.EndsWith('d') ? each : [each[^1]],
            _ => throw new ArgumentOutOfRangeException(nameof(mandate), mandate, "no such mandate"),
        };
    }

    private static bool Suffices(Mandate mandate, string marks) => Groups(mandate, marks).Any(group => group.All(position => marks[position - '1'] == 'P'));

    /// <summary>P here, - away, d died, D died and yet somebody is there.</summary>
    private static HirerHere[] Hirers(string marks) => [.. marks.Select((mark, at) => new HirerHere(at + 1, mark is 'P' or 'D', mark is 'd' or 'D'))];

    /// <summary>Every word of so many letters.</summary>
    private static IEnumerable<string> Marks(string letters, int length) =>
        length == 0 ? [""] : Marks(letters, length - 1).SelectMany(word => letters.Select(letter => word + letter));

    /// <param name="together">0 for a person, else how many of an organisation's two signatories must come.</param>
    private static MayCome[] Comers(int position, int together) => together == 0
        ? [new(Person(position, 0), ComesAs.Hirer, position, 1, null)]
        : [new(Person(position, 1), ComesAs.Signatory, position, together, null), new(Person(position, 2), ComesAs.Signatory, position, together, null)];

    private static PersonId Person(int position, int which) => new(new Guid(position, (short)which, 0, new byte[8]));
}
