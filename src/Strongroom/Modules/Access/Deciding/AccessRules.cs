using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Modules.Access.Deciding;

/// <summary>What one rule found: kept (true), broken (false), or not to be told from what is known (null), and the sentence that says so.</summary>
internal readonly record struct Finding(bool? Kept, string Sentence)
{
    public static Finding Is(bool? kept, string whenKept, string whenBroken, string whenUnknown) =>
        new(kept, kept switch { true => whenKept, false => whenBroken, null => whenUnknown });
}

/// <param name="Id">Stable; stands in decisions for ever.</param>
/// <param name="Citation">The rule of the domain it keeps.</param>
/// <param name="Severity">What a broken or unknown finding answers: <see cref="Answer.Refuse"/> or <see cref="Answer.Warn"/>.</param>
/// <param name="Next">What the officer can do about it.</param>
/// <param name="ForCustomer">The one plain sentence for the person at the counter.</param>
internal sealed record AccessRule(
    string Id, string Citation, Answer Severity, Func<AccessFacts, AccessPolicy, Finding> Look, string Next, string ForCustomer);

/// <summary>One rule's answer, as it is stored with the visit.</summary>
public sealed record RuleAnswered(string Id, string Citation, Answer Answer, string Sentence, string? Next);

/// <summary>The answer to "may this locker be opened now": the worst of all rules' answers.</summary>
internal sealed record AccessVerdict(Answer Result, IReadOnlyList<RuleAnswered> Rules);

/// <summary>
/// The rules of R12, each asked every time, so that an officer sees all that is wrong at once. They look at facts only: no clock, no database.
/// A rule that throws, refuses: access fails closed.
/// </summary>
internal static class AccessRules
{
    public static readonly IReadOnlyList<AccessRule> All =
    [
        Refuse("day-open", "R12", (f, _) => Finding.Is(f.DayOpen,
                "The branch's day is open.", "The branch's day is not open.", "It is not known whether the branch's day is open."),
            "Open the day first.", "The vault is not open yet."),

        Refuse("vault-hours", "R12", (f, _) => f.Hours is { } hours
                ? Finding.Is(hours.Contains(f.Now), $"It is within {(f.OutOfHours ? "the hours that head office allowed today" : "vault hours")}, {hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}.",
                    $"It is {f.Now:HH\\:mm}; vault hours are {hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}.", "")
                : new(null, "The vault has no hours today."),
            "Ask the hirer to come within vault hours.", "The vault is served only within its hours."),

        Refuse("vault-room", "R12", (f, _) => f.PartyIsInside ? new(true, "The party is inside already, at another locker of theirs.") : Finding.Is(f.PartiesInside < f.PartyLimit,
                $"{f.PartiesInside} of {f.PartyLimit} parties are inside.", $"The vault is full: {f.PartiesInside} of {f.PartyLimit} parties are inside.",
                "It is not known how many parties are inside."),
            "Let the hirer wait until a party has left.", "Another customer is in the vault. Please wait a moment."),

        Refuse("hold", "R12", (f, _) => Finding.Is(f.Holds is null ? null : f.Holds.Count == 0,
                "No hold is in force.", $"A hold is in force: {string.Join(", ", (f.Holds ?? []).Select(Words))}.", "It is not known whether a hold is in force."),
            "Call the manager; do not discuss the reason at the counter.", "Please speak with the branch manager about your locker."),

        Refuse("agreement", "R12", (f, _) => Finding.Is(f.AgreementInForce,
                "The agreement is in force.", "The agreement is not in force today.", "It is not known whether the agreement is in force."),
            "Call the manager.", "Please speak with the branch manager about your agreement."),

        Refuse("mandate", "R10", (f, _) => (f.Mandate, f.Hirers) switch
            {
                (null, _) => new(null, "The mode of operation is not known."),
                (_, null) => new(null, "It is not known who of the hirers is present."),
                _ when f.OperatorIsAgent => new(true, "The agent comes by a letter of authority of the hirers, and it counts today."),
                _ when f.OperatorIsHirer != true => Finding.Is(f.OperatorIsHirer, "", "The person at the counter is not a hirer, and has no letter of authority that counts today.", "It is not known whether the person is a hirer."),
                ({ } mandate, var hirers) => Finding.Is(MandateRules.Met(mandate, hirers), $"{MandateWords.Of(mandate)}: those who must be present are here.",
                    $"{MandateWords.Of(mandate)}: {hirers.Count(hirer => hirer.Present)} of {hirers.Count} hirers are here. {MandateRules.Wants(mandate)}", ""),
            },
            "Check in again with those who must be present.", "Those whom your agreement names must come together; please ask the officer who that is."),

        Refuse("identity", "R11", (f, _) => Finding.Is(f.IdentityCheck is not null && f.OperatorSign is not null,
                "Identity was checked and the operator signed.", "Identity or signature is missing.", ""),
            "Check the identity and take the signature.", "We need to check your identity first."),

        Refuse("code-word", "R11", (f, _) => Finding.Is(f.CodeWord,
                "The customer said the code word, or has set none.", "The customer has set a code word, and it was not said.", "It is not known whether the customer has set a code word."),
            "Take the identity check back and ask for the code word.", "We need to ask you for the code word that you have set."),

        Refuse("guard-key", "R11", (f, _) => Finding.Is(f.CustodianHoldsGuardKey,
                "The officer holds the vault's guard key.", "The officer does not hold the vault's guard key.", "It is not known who holds the guard key."),
            "The officer who holds the guard key admits, or it is handed over first.", "Please wait for the officer of the vault."),

        Refuse("custodian-independent", "R16", (f, _) => Finding.Is(f.CustodianIsParty is null || f.CustodianIsRelative is null ? null : !f.CustodianIsParty.Value && !f.CustodianIsRelative.Value,
                "The officer is neither a party nor a relative.",
                f.CustodianIsParty == true ? "The officer is a party of this agreement." : "The officer is a declared relative of the hirer.",
                "It is not known whether the officer is a party or relative."),
            "Another officer must serve this visit.", "A colleague will serve you."),

        Refuse("second-control", "R12", (f, policy) => Finding.Is(!WantsSecondOfficer(f, policy) || f.SecondOfficer,
                WantsSecondOfficer(f, policy) ? "A second officer signed." : "Hirer and officer each hold one key; no second officer is asked for.",
                "A second officer must sign, and has not.", ""),
            "Ask a second officer to sign on this screen.", "A second officer will join us."),

        Refuse("locker-in-service", "R12", (f, _) => Finding.Is(f.LockerCondition is null ? null : f.LockerCondition == LockerCondition.InService,
                "The locker is in service.", "The locker is under repair or out of service.", "The locker's condition is not known."),
            "Call the manager.", "Your locker is being repaired. Please speak with the branch manager."),

        Refuse("locker-closed", "R12", (f, _) => Finding.Is(f.LockerOpenElsewhere is null ? null : !f.LockerOpenElsewhere.Value,
                "The locker is not open in another visit.", "The locker is already open in another visit.", "It is not known whether the locker is open."),
            "End the other visit first.", "Your locker is in use."),

        Refuse("key-not-lost", "R21k", (f, _) => f.Keyless ? new(true, "An electronic locker has no key.") : Finding.Is(!f.KeyReportedLost,
                "No key of the locker is reported lost.", "A key of the locker is reported lost, and the lock is not replaced yet.", "It is not known whether a key of the locker is reported lost."),
            "Have the lock replaced first, in the hirer's presence.", "The lock of your locker is replaced first, because a key was reported lost."),

        Warn("due-diligence", "R0", (f, _) => Finding.Is(f.DueDiligenceReviewOn is { } review ? review >= f.Today : null,
                "Due diligence is up to date.", $"Due diligence was due for review on {f.DueDiligenceReviewOn:d MMMM yyyy}.", "Due diligence was never recorded."),
            "Ask the hirer for the papers and note what was agreed."),

        Warn("photograph", "R0b", (f, policy) => Finding.Is(f.PhotographTakenOn is { } taken ? taken.AddYears(policy.PhotographYears) > f.Today : null,
                "The photograph is recent.", $"The photograph is from {f.PhotographTakenOn:d MMMM yyyy}.", "There is no photograph."),
            "Take a new photograph."),

        Warn("agreement-papers", "R12", (f, _) => Finding.Is(f.SignedOn is not null && f.CopyDeliveredOn is not null,
                "The agreement is signed and the hirer has a copy.",
                f.SignedOn is null ? "There is no date of a signed agreement." : "No copy of the agreement was delivered to the hirer.", ""),
            "Have the agreement signed or hand over the copy."),

        Warn("rent", "R12", (f, policy) => Finding.Is(f.RentPaidUntil is { } paid ? paid >= f.Today.AddDays(-policy.RentGraceDays) : null,
                f.RentPaidUntil >= f.Today ? "The rent is paid." : "The rent is overdue, within the days of grace.",
                $"The rent is paid only until {f.RentPaidUntil:d MMMM yyyy}.", "It is not known until when the rent is paid."),
            "Ask for the rent at the counter."),

        Warn("key-embossed", "R17", (f, _) => f.Keyless ? new(true, "An electronic locker has no key.") : Finding.Is(f.KeyEmbossed,
                "The hirer's key is embossed.", "The hirer's key is not embossed.", "It is not recorded whether the hirer's key is embossed."),
            "Have the key embossed in the hirer's presence."),
    ];

    /// <summary>At every visit, out of hours, at a dormant locker, or where not the hirer comes, as the policy says.</summary>
    public static bool WantsSecondOfficer(AccessFacts facts, AccessPolicy policy) =>
        policy.SecondOfficer || facts.OutOfHours || (policy.SecondOfficerForDormant && Dormant(facts, policy)) || (policy.SecondOfficerForAgent && (facts.OperatorIsAgent || facts.OperatorIsHirer != true));

    private static bool Dormant(AccessFacts facts, AccessPolicy policy) =>
        (facts.LastOpenedOn ?? facts.WatchedSince) is { } last && last.AddYears(policy.DormantYears) <= facts.Today;

    public static AccessVerdict Decide(AccessFacts facts, AccessPolicy policy) => Decide(All, facts, policy);

    internal static AccessVerdict Decide(IReadOnlyList<AccessRule> rules, AccessFacts facts, AccessPolicy policy)
    {
        var answered = rules.Select(rule => Ask(rule, facts, policy)).ToList();
        return new(answered.Max(answer => answer.Answer), answered);
    }

    /// <summary>What the customer is told: the words of the first rule that refused. Null when none did.</summary>
    public static string? ForCustomer(IEnumerable<RuleAnswered> answered) =>
        answered.FirstOrDefault(rule => rule.Answer == Answer.Refuse) is { } refused
            ? All.FirstOrDefault(rule => rule.Id == refused.Id)?.ForCustomer ?? "Please speak with the branch manager."
            : null;

    private static RuleAnswered Ask(AccessRule rule, AccessFacts facts, AccessPolicy policy)
    {
        Finding finding;
        try
        {
            finding = rule.Look(facts, policy);
        }
        catch (Exception broken) when (broken is not OutOfMemoryException)
        {
            return new(rule.Id, rule.Citation, Answer.Refuse, "The rule could not be evaluated.", "Call the manager; nobody is admitted on a rule that fails.");
        }
        var severity = policy.Refuses(rule.Id) ? Answer.Refuse : rule.Severity;
        var answer = finding.Kept == true ? Answer.Pass : severity;
        return new(rule.Id, rule.Citation, answer, finding.Sentence, answer == Answer.Pass ? null : rule.Next);
    }

    private static AccessRule Refuse(string id, string citation, Func<AccessFacts, AccessPolicy, Finding> look, string next, string forCustomer) =>
        new(id, citation, Answer.Refuse, look, next, forCustomer);

    // A bank may turn a warning into a refusal; the customer is then sent to the manager, who has the list of warnings.
    private static AccessRule Warn(string id, string citation, Func<AccessFacts, AccessPolicy, Finding> look, string next) =>
        new(id, citation, Answer.Warn, look, next, "Please speak with the branch manager about your papers.");

    internal static string Words(HoldKind kind) => kind switch
    {
        HoldKind.Court => "court order",
        HoldKind.Attachment => "attachment",
        HoldKind.Death => "death reported",
        HoldKind.Arrears => "arrears",
        HoldKind.Freeze => "frozen by the hirer",
        HoldKind.Suspicion => "suspicion",
    };
}
