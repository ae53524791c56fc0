using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Agreements.Pages;

/// <summary>The kinds of holds in the bank's words, and what <see cref="HoldRules"/> say of each.</summary>
internal static class HoldWords
{
    /// <param name="may">Whether the officer may place such a hold here.</param>
    public static IReadOnlyList<Option<HoldKind?>> Choices(Func<HoldRule, bool> may) =>
        [.. HoldRules.All.Where(may).Select(rule => new Option<HoldKind?>(rule.Kind, Of(rule.Kind), Hint(rule.Kind)))];

    public static string Of(HoldKind kind) => HoldNames.Of(kind);

    public static string WhoPlaces(HoldRule rule) => rule switch
    {
        { ByHirer: true } => "Any hirer, at once; a custodian or the manager, also when the hirer telephones",
        { PlaceRight: AgreementsRights.Lift } => "The manager",
        _ => "A custodian or the manager",
    };

    public static string WhoLifts(HoldRule rule) => rule switch
    {
        { ByHirer: true } => "Who froze it: at the counter with an identity check, or by their own passkey after 24 hours. Otherwise the manager asks, and another officer approves",
        { Precaution: false } => "The manager asks, and another officer approves",
        _ => "The manager; with another officer’s approval where the bank has decided so",
    };

    public static string Told(HoldRule rule) => rule.Telling switch
    {
        Telling.Always => "Yes",
        Telling.UnlessForbidden => "Yes, unless the order forbids it",
        Telling.Never => "No",
    };

    private static string? Hint(HoldKind kind) => kind switch
    {
        HoldKind.Court or HoldKind.Attachment => "Have the order in hand: its number and date are needed.",
        HoldKind.Freeze => "Also by telephone: freezing needs no identity check, opening again does.",
        HoldKind.Suspicion => "Something is wrong and must be looked at before anybody goes in. The hirer is not told.",
        HoldKind.Death => "At once, also before the certificate comes.",
        HoldKind.Arrears => null,
    };
}
