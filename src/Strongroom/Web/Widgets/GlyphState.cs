namespace Strongroom.Web.Widgets;

/// <summary>The seven ways a locker is drawn. Shape first, colour second.</summary>
public enum GlyphState
{
    Vacant,
    Rented,
    Inside,
    Hold,
    Unknown,
    OutOfService,
    Alarm,
}

public static class GlyphWords
{
    public static string Of(GlyphState state) => state switch
    {
        GlyphState.Vacant => "Vacant",
        GlyphState.Rented => "Rented",
        GlyphState.Inside => "Someone inside",
        GlyphState.Hold => "Hold",
        GlyphState.Unknown => "Occupant unknown",
        GlyphState.OutOfService => "Out of service",
        GlyphState.Alarm => "Alarm",
    };
}
