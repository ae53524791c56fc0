namespace Strongroom.Web.Widgets;

/// <param name="At">UTC.</param>
public sealed record TimelineEntry(DateTime At, string What, string? Who = null, Tone Tone = Tone.Neutral, string? Href = null)
{
    /// <summary>The day is known and the hour is not.</summary>
    public bool DateOnly { get; init; }
}
