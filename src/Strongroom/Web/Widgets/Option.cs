namespace Strongroom.Web.Widgets;

public sealed record Option<T>(T Value, string Label, string? Hint = null);
