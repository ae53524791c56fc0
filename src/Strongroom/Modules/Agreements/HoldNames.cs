using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Modules.Agreements;

internal static class HoldNames
{
    /// <summary>The kind of a hold as staff say it.</summary>
    public static string Of(HoldKind kind) => kind switch
    {
        HoldKind.Court => "Court order",
        HoldKind.Attachment => "Attachment by an authority",
        HoldKind.Death => "Death of a hirer",
        HoldKind.Arrears => "Arrears of rent",
        HoldKind.Freeze => "Freeze at the hirer's wish",
        HoldKind.Suspicion => "Suspicion",
    };
}
