using Strongroom.Modules.Branches.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

internal static class LockerStates
{
    /// <summary>One state of several that may hold: a person before all, then what nobody may open.</summary>
    /// <param name="everHired">An agreement was made for it since it was taken over, so that somebody looked into it.</param>
    public static GlyphState Of(LockerFacts locker, bool inside, bool hired, bool held, bool everHired) => (inside, hired, held) switch
    {
        (true, _, _) => GlyphState.Inside,
        _ when locker.Condition != LockerCondition.InService => GlyphState.OutOfService,
        (_, true, true) => GlyphState.Hold,
        (_, true, false) => GlyphState.Rented,
        _ => locker.OccupantUnknown && !everHired ? GlyphState.Unknown : GlyphState.Vacant,
    };
}
