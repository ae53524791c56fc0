namespace Strongroom.Web.Widgets;

public enum Tone
{
    Neutral,
    Waits,
    Done,
    Danger,
    Info,
}

internal static class Tones
{
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Neutral => "neutral",
        Tone.Waits => "waits",
        Tone.Done => "done",
        Tone.Danger => "danger",
        Tone.Info => "info",
    };

    /// <summary>The shape that says the same as the colour.</summary>
    public static string Sign(this Tone tone) => tone switch
    {
        Tone.Neutral => "",
        Tone.Waits => "◷",
        Tone.Done => "✓",
        Tone.Danger => "✕",
        Tone.Info => "i",
    };
}
