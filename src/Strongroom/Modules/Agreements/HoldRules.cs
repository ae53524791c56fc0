using System.Collections.Frozen;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Agreements;

/// <summary>Whether the hirers are told of a hold: always, unless the order forbids it, or never, because telling would warn the wrong one.</summary>
internal enum Telling { Always, UnlessForbidden, Never }

/// <summary>What one kind of hold asks for.</summary>
/// <param name="ByHirer">A hirer may place it on their own page, without asking anybody.</param>
/// <param name="ByClient">
/// Another system of the bank's may place it: what such a system learns first, an order served on head office, a death noted in the customer's file,
/// rent that was not paid. A freeze is its hirer's word, and suspicion is a person's.
/// </param>
/// <param name="PlaceRight">The right of an officer who places it.</param>
/// <param name="LiftRight">The right of the officer who lifts it.</param>
/// <param name="Precaution">Nobody's word but the bank's own stands behind it: how many others approve that it is lifted, the policy says, and it may be none.</param>
/// <param name="PaperToPlace">What the officer must have in hand; null when nothing is waited for.</param>
/// <param name="PaperToLift">Likewise. A hold of an old register that nobody ever confirmed has no paper, so it is lifted without one.</param>
/// <param name="MayStandTwice">Two courts, or two authorities, do not wait for each other.</param>
internal sealed record HoldRule(
    HoldKind Kind, bool ByHirer, bool ByClient, string PlaceRight, string LiftRight, bool Precaution, string? PaperToPlace, string? PaperToLift, Telling Telling, bool MayStandTwice)
{
    /// <summary>How many others must approve that such a hold is lifted; 0 where one officer does it at once.</summary>
    public int OthersToLift(ApprovalPolicy policy) => Precaution ? policy.OthersForPrecaution : policy.OthersForHold;

    /// <param name="forbidden">The order forbids to tell the hirer.</param>
    public bool TellsHirer(bool forbidden) => Telling switch
    {
        Telling.Always => true,
        Telling.UnlessForbidden => !forbidden,
        Telling.Never => false,
    };
}

/// <summary>
/// Who places and lifts which hold, with what in hand: the one table. Blocking is quick and asks for little; opening again is slow, and where another's
/// word stands against it (a court, an authority, an heir) others must approve and it takes the paper that ends it.
/// </summary>
internal static class HoldRules
{
    private const string Hold = AgreementsRights.Hold, Lift = AgreementsRights.Lift;

    private static readonly FrozenDictionary<HoldKind, HoldRule> Table = new HoldRule[]
    {
        //                    hirer  client placed lifted prec.  paper to place          paper to lift                                telling                  twice
        new(HoldKind.Court,      false, true,  Hold, Lift, false, "Number and date of the order", "Number and date of the order that ends it", Telling.UnlessForbidden, true),
        new(HoldKind.Attachment, false, true,  Hold, Lift, false, "Number and date of the order", "Number and date of the order that ends it", Telling.UnlessForbidden, true),
        // Told at the counter or by telephone: the locker is blocked before the certificate comes.
        new(HoldKind.Death,      false, true,  Hold, Lift, false, null, "Number of the settled claim, or the survivor’s papers", Telling.Always, false),
        // No precaution but a measure against the hirer, so the manager's.
        new(HoldKind.Arrears,    false, true,  Lift, Lift, true,  null, null, Telling.Always, false),
        // Who froze it lifts it, at the counter or by their own passkey. This line is for when that person cannot come.
        new(HoldKind.Freeze,     true,  false, Hold, Lift, false, null, "Why the hirer who froze it cannot come, and who proved it", Telling.Always, false),
        new(HoldKind.Suspicion,  false, false, Hold, Lift, true,  null, null, Telling.Never, false),
    }.ToFrozenDictionary(rule => rule.Kind);

    public static IReadOnlyList<HoldRule> All { get; } = [.. Enum.GetValues<HoldKind>().Select(Of)];

    public static HoldRule Of(HoldKind kind) => Table[kind];

    /// <summary>Why this cannot be placed; null when it can.</summary>
    /// <param name="forbidden">The order forbids to tell the hirer.</param>
    public static Refusal? WhyNotPlace(HoldKind kind, string? paper, bool forbidden)
    {
        var rule = Of(kind);
        if (rule.PaperToPlace is { } needed && string.IsNullOrWhiteSpace(paper)) return new HoldPaperMissing(needed) { Field = "Paper" };
        return forbidden && rule.Telling == Telling.Always ? new HirerMustBeTold() { Field = "Secret" } : null;
    }

    public static Refusal? WhyNotLift(HoldKind kind, string? paper, bool unconfirmed) =>
        !unconfirmed && Of(kind).PaperToLift is { } needed && string.IsNullOrWhiteSpace(paper) ? new HoldPaperMissing(needed) { Field = "Paper" } : null;
}

/// <summary>The hirer's own freeze: quick to place for every hirer, and lifted for the one who placed it.</summary>
internal static class FreezeRules
{
    /// <summary>A thief of the telephone freezes nothing away: the true hirer has a day to come before the passkey alone lifts it.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    /// <summary>Half open: to the millisecond after 24 hours it may be lifted.</summary>
    public static DateTime FreeFrom(DateTime since) => since + Wait;

    /// <summary>
    /// Whether this hirer lifts the freeze. What one joint hirer froze against the other is theirs; what an officer froze by telephone is any hirer's.
    /// </summary>
    /// <param name="placedBy">Who placed it; null for the software.</param>
    public static bool Mine(PersonId hirer, PersonId? placedBy, IReadOnlyCollection<PersonId> hirers) =>
        hirers.Contains(hirer) && (placedBy == hirer || placedBy is not { } other || !hirers.Contains(other));
}

internal sealed record HoldPaperMissing(string What) : Refusal("agreements.hold-paper-missing", 422, $"This needs a paper: {char.ToLowerInvariant(What[0])}{What[1..]}.", "Write what stands on it. Without it this cannot be done.");

internal sealed record HirerMustBeTold() : Refusal("agreements.hirer-must-be-told", 422, "The hirers are told of such a hold; only an order can forbid it.", "Leave that open, or choose another kind.");
