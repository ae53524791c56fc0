using CsCheck;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Tests.Modules.Access;

public sealed class AccessRulesTests
{
    private static readonly AccessPolicy Policy = new() { PhotographYears = 5, RentGraceDays = 30, FreeVisits = 12, UndoMinutes = 10, SecondOfficerForDormant = true, DormantYears = 3 };

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

    [Theory]
    [InlineData(false, Answer.Refuse), InlineData(true, Answer.Pass)]
    public void A_code_word_that_was_set_must_be_said(bool said, Answer expected) =>
        AccessRules.Decide(Fine with { CodeWord = said }, Policy).Result.ShouldBe(expected);

    [Fact]
    public void A_party_that_is_inside_already_needs_no_room_of_its_own() =>
        AccessRules.Decide(Fine with { PartiesInside = 2, PartyIsInside = true }, Policy).Result.ShouldBe(Answer.Pass);

    [Theory]
    [InlineData("2023-11-24", null, Answer.Pass)]
    [InlineData("2023-11-23", null, Answer.Refuse)]
    [InlineData(null, "2023-11-23", Answer.Refuse)]
    [InlineData(null, "2025-01-01", Answer.Pass)]
    [InlineData("2026-01-01", "2000-01-01", Answer.Pass)]
    public void A_dormant_locker_wants_a_second_officer(string? lastOpened, string? watchedSince, Answer expected)
    {
        var facts = Fine with { LastOpenedOn = Day(lastOpened), WatchedSince = Day(watchedSince) };
        AccessRules.Decide(facts, Policy).Result.ShouldBe(expected);
        AccessRules.Decide(facts with { SecondOfficer = true }, Policy).Result.ShouldBe(Answer.Pass);
        AccessRules.Decide(facts, Policy with { SecondOfficerForDormant = false }).Result.ShouldBe(Answer.Pass);
    }

    [Fact]
    public void Out_of_hours_every_visit_wants_a_second_officer()
    {
        AccessRules.Decide(Fine with { OutOfHours = true }, Policy).Result.ShouldBe(Answer.Refuse);
        AccessRules.Decide(Fine with { OutOfHours = true, SecondOfficer = true }, Policy).Result.ShouldBe(Answer.Pass);
    }

    [Fact]
    public void Whoever_comes_and_is_no_hirer_wants_a_second_officer_where_the_bank_says_so()
    {
        var asking = Policy with { SecondOfficerForAgent = true };
        foreach (var facts in new[] { Fine with { OperatorIsHirer = false }, Fine with { OperatorIsHirer = null }, Fine with { OperatorIsHirer = false, OperatorIsAgent = true } })
        {
            AccessRules.WantsSecondOfficer(facts, asking).ShouldBeTrue();
            AccessRules.WantsSecondOfficer(facts, Policy).ShouldBeFalse();
        }
        AccessRules.WantsSecondOfficer(Fine, asking).ShouldBeFalse();
    }

    [Fact]
    public void On_the_day_of_its_review_due_diligence_is_up_to_date() =>
        AccessRules.Decide(Fine with { DueDiligenceReviewOn = Fine.Today }, Policy).Result.ShouldBe(Answer.Pass);

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public void A_hirer_with_everything_in_order_is_admitted()
    {
        var verdict = AccessRules.Decide(Fine, Policy);

        verdict.Result.ShouldBe(Answer.Pass);
        verdict.Rules.Count.ShouldBe(AccessRules.All.Count);
        verdict.Rules.ShouldAllBe(rule => rule.Next == null, "where nothing is wrong there is nothing to do");
    }

    [Fact]
    public void An_electronic_locker_has_no_key_that_could_be_lost_or_embossed() =>
        AccessRules.Decide(Fine with { Keyless = true, KeyReportedLost = true, KeyEmbossed = null }, Policy).Result.ShouldBe(Answer.Pass);

    [Fact]
    public void Either_of_two_unknowns_keeps_the_officer_from_being_independent()
    {
        Sentence("custodian-independent", Fine with { CustodianIsParty = null }).ShouldBe("It is not known whether the officer is a party or relative.");
        Sentence("custodian-independent", Fine with { CustodianIsRelative = null }).ShouldBe("It is not known whether the officer is a party or relative.");
        AccessRules.Decide(Fine with { CustodianIsRelative = null }, Policy).Result.ShouldBe(Answer.Refuse);
    }

    [Fact]
    public void The_sentence_says_which_of_two_things_is_wrong()
    {
        Sentence("custodian-independent", Fine with { CustodianIsParty = true }).ShouldBe("The officer is a party of this agreement.");
        Sentence("custodian-independent", Fine with { CustodianIsRelative = true }).ShouldBe("The officer is a declared relative of the hirer.");
        Sentence("agreement-papers", Fine with { SignedOn = null }).ShouldBe("There is no date of a signed agreement.");
        Sentence("agreement-papers", Fine with { CopyDeliveredOn = null }).ShouldBe("No copy of the agreement was delivered to the hirer.");
        Sentence("hold", Fine with { Holds = [HoldKind.Court, HoldKind.Freeze] }).ShouldBe("A hold is in force: court order, frozen by the hirer.");
        Sentence("hold", Fine with { Holds = null }).ShouldBe("It is not known whether a hold is in force.");
        Sentence("rent", Fine).ShouldBe("The rent is paid.");
        Sentence("rent", Fine with { RentPaidUntil = new(2026, 11, 22) }).ShouldBe("The rent is overdue, within the days of grace.");
        Sentence("second-control", Fine).ShouldBe("Hirer and officer each hold one key; no second officer is asked for.");
        Sentence("second-control", Fine with { OutOfHours = true, SecondOfficer = true }).ShouldBe("A second officer signed.");
        Sentence("rent", Fine with { RentPaidUntil = Fine.Today }).ShouldBe("The rent is paid.");
        Sentence("locker-in-service", Fine with { LockerCondition = null }).ShouldBe("The locker's condition is not known.");
        Sentence("locker-closed", Fine with { LockerOpenElsewhere = null }).ShouldBe("It is not known whether the locker is open.");
        Sentence("vault-hours", Fine).ShouldBe("It is within vault hours, 10:00 to 16:00.");
        Sentence("vault-hours", Fine with { OutOfHours = true }).ShouldBe("It is within the hours that head office allowed today, 10:00 to 16:00.");
    }

    [Fact]
    public void What_an_old_rule_said_that_is_gone_since_sends_the_customer_to_the_manager() =>
        AccessRules.ForCustomer([new("gone", "R0", Answer.Refuse, "It was so.", null)]).ShouldBe("Please speak with the branch manager.");

    private static string Sentence(string rule, AccessFacts facts) => AccessRules.Decide(facts, Policy).Rules.Single(one => one.Id == rule).Sentence;

    public static TheoryData<string, string, Answer> Broken => new()
    {
        { "day closed", "day-open", Answer.Refuse },
        { "before hours", "vault-hours", Answer.Refuse },
        { "at the closing minute", "vault-hours", Answer.Refuse },
        { "no hours today", "vault-hours", Answer.Refuse },
        { "vault full", "vault-room", Answer.Refuse },
        { "court hold", "hold", Answer.Refuse },
        { "frozen by the hirer", "hold", Answer.Refuse },
        { "agreement ended", "agreement", Answer.Refuse },
        { "somebody else at the counter", "mandate", Answer.Refuse },
        { "identity not checked", "identity", Answer.Refuse },
        { "not signed", "identity", Answer.Refuse },
        { "guard key elsewhere", "guard-key", Answer.Refuse },
        { "custodian is a party", "custodian-independent", Answer.Refuse },
        { "custodian is a relative", "custodian-independent", Answer.Refuse },
        { "under repair", "locker-in-service", Answer.Refuse },
        { "open elsewhere", "locker-closed", Answer.Refuse },
        { "a key reported lost", "key-not-lost", Answer.Refuse },
        { "due diligence overdue", "due-diligence", Answer.Warn },
        { "photograph five years old today", "photograph", Answer.Warn },
        { "never signed", "agreement-papers", Answer.Warn },
        { "no copy", "agreement-papers", Answer.Warn },
        { "rent overdue past grace", "rent", Answer.Warn },
        { "key not embossed", "key-embossed", Answer.Warn },
    };

    private static AccessFacts With(string what) => what switch
    {
        "day closed" => Fine with { DayOpen = false },
        "before hours" => Fine with { Now = new(9, 59) },
        "at the closing minute" => Fine with { Now = new(16, 0) },
        "no hours today" => Fine with { Hours = null },
        "vault full" => Fine with { PartiesInside = 2 },
        "court hold" => Fine with { Holds = [HoldKind.Court] },
        "frozen by the hirer" => Fine with { Holds = [HoldKind.Freeze] },
        "agreement ended" => Fine with { AgreementInForce = false },
        "somebody else at the counter" => Fine with { OperatorIsHirer = false },
        "identity not checked" => Fine with { IdentityCheck = null },
        "not signed" => Fine with { OperatorSign = null },
        "guard key elsewhere" => Fine with { CustodianHoldsGuardKey = false },
        "custodian is a party" => Fine with { CustodianIsParty = true },
        "custodian is a relative" => Fine with { CustodianIsRelative = true },
        "under repair" => Fine with { LockerCondition = LockerCondition.UnderRepair },
        "open elsewhere" => Fine with { LockerOpenElsewhere = true },
        "a key reported lost" => Fine with { KeyReportedLost = true },
        "due diligence overdue" => Fine with { DueDiligenceReviewOn = new(2026, 11, 22) },
        "photograph five years old today" => Fine with { PhotographTakenOn = new(2021, 11, 23) },
        "never signed" => Fine with { SignedOn = null },
        "no copy" => Fine with { CopyDeliveredOn = null },
        "rent overdue past grace" => Fine with { RentPaidUntil = new(2026, 10, 23) },
        "key not embossed" => Fine with { KeyEmbossed = false },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "no such case"),
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void One_broken_rule_answers_alone_and_says_what_to_do(string what, string rule, Answer answer)
    {
        var verdict = AccessRules.Decide(With(what), Policy);

        var broken = verdict.Rules.Where(one => one.Answer != Answer.Pass).ShouldHaveSingleItem();
        broken.Id.ShouldBe(rule);
        broken.Answer.ShouldBe(answer);
        broken.Next.ShouldNotBeNullOrEmpty();
        broken.Sentence.ShouldNotBeNullOrEmpty();
        verdict.Result.ShouldBe(answer);
    }

    [Fact]
    public void The_last_minute_before_closing_is_still_within_hours() =>
        AccessRules.Decide(Fine with { Now = new(15, 59) }, Policy).Result.ShouldBe(Answer.Pass);

    [Fact]
    public void Rent_on_the_last_day_of_grace_does_not_warn() =>
        AccessRules.Decide(Fine with { RentPaidUntil = new(2026, 10, 24) }, Policy).Result.ShouldBe(Answer.Pass);

    [Fact]
    public void Nothing_known_refuses_by_every_rule_that_refuses_and_warns_by_every_other()
    {
        var verdict = AccessRules.Decide(new() { Today = Fine.Today, Now = Fine.Now }, Policy);

        foreach (var rule in AccessRules.All.Where(rule => rule.Id != "second-control"))
            verdict.Rules.Single(one => one.Id == rule.Id).Answer.ShouldBe(rule.Severity, rule.Id);
    }

    [Fact]
    public void A_warning_that_the_bank_turned_into_a_refusal_refuses()
    {
        var strict = Policy with { WarningsThatRefuse = "rent, photograph" };

        AccessRules.Decide(Fine with { PhotographTakenOn = null }, strict).Result.ShouldBe(Answer.Refuse);
        AccessRules.Decide(Fine with { KeyEmbossed = null }, strict).Result.ShouldBe(Answer.Warn);
    }

    [Fact]
    public void A_second_officer_is_missed_only_where_the_policy_asks_for_one()
    {
        var asking = Policy with { SecondOfficer = true };

        AccessRules.Decide(Fine, Policy).Result.ShouldBe(Answer.Pass);
        AccessRules.Decide(Fine, asking).Rules.Single(rule => rule.Answer == Answer.Refuse).Id.ShouldBe("second-control");
        AccessRules.Decide(Fine with { SecondOfficer = true }, asking).Result.ShouldBe(Answer.Pass);
    }

    [Fact]
    public void A_rule_that_throws_refuses()
    {
        var broken = new AccessRule("broken", "R0", Answer.Warn, (_, _) => throw new InvalidOperationException(), "", "");

        AccessRules.Decide([broken], Fine, Policy).Result.ShouldBe(Answer.Refuse);
    }

    [Fact]
    public void The_customer_hears_one_plain_sentence_without_the_reason_of_a_hold()
    {
        var verdict = AccessRules.Decide(Fine with { Holds = [HoldKind.Death, HoldKind.Suspicion] }, Policy);

        AccessRules.ForCustomer(verdict.Rules).ShouldBe("Please speak with the branch manager about your locker.");
        AccessRules.ForCustomer(AccessRules.Decide(Fine, Policy).Rules).ShouldBeNull();
    }

    [Fact]
    public void However_many_rules_break_the_answer_is_the_worst_of_them_and_none_is_left_out() =>
        Gen.Select(Gen.Int[0, Broken.Count - 1].Array[0, 6], Gen.Bool).Sample((chosen, strict) =>
        {
            var cases = Broken.Select(row => row.Data.Item1).ToList();
            var facts = chosen.Select(index => With(cases[index])).Aggregate(Fine, Worse);
            var policy = strict ? Policy with { WarningsThatRefuse = "rent" } : Policy;

            var verdict = AccessRules.Decide(facts, policy);

            verdict.Rules.Select(rule => rule.Id).ShouldBe(AccessRules.All.Select(rule => rule.Id));
            verdict.Result.ShouldBe(verdict.Rules.Max(rule => rule.Answer));
            (chosen.Length == 0).ShouldBe(verdict.Result == Answer.Pass);
        });

    // Takes over what differs from fine in either.
    private static AccessFacts Worse(AccessFacts a, AccessFacts b)
    {
        foreach (var property in typeof(AccessFacts).GetProperties().Where(property => !Equals(property.GetValue(b), property.GetValue(Fine))))
        {
            var copy = a with { };
            property.SetValue(copy, property.GetValue(b));
            a = copy;
        }
        return a;
    }
}
