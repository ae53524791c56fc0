using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Agreements.Pages;

/// <summary>The kinds of holds in the bank's words.</summary>
internal static class HoldWords
{
    public static IReadOnlyList<Option<HoldKind?>> Choices { get; } =
        [.. Enum.GetValues<HoldKind>().Select(kind => new Option<HoldKind?>(kind, Of(kind), Hint(kind)))];

    public static string Of(HoldKind kind) => kind switch
    {
        HoldKind.Court => "Court order",
        HoldKind.Attachment => "Attachment by an authority",
        HoldKind.Death => "Death of a hirer",
        HoldKind.Arrears => "Arrears of rent",
        HoldKind.Freeze => "Freeze at the hirer's wish",
        HoldKind.Suspicion => "Suspicion",
    };

    private static string? Hint(HoldKind kind) => kind switch
    {
        HoldKind.Court or HoldKind.Attachment => "Write the number and date of the order.",
        HoldKind.Freeze => "Also by telephone: freezing needs no identity check, opening again does.",
        HoldKind.Suspicion => "Something is wrong and must be looked at before anybody goes in.",
        HoldKind.Death or HoldKind.Arrears => null,
    };
}
