namespace Strongroom.Verbs;

internal enum FindingGrade
{
    Good,

    /// <summary>Works, but somebody should know.</summary>
    Warning,
    Failure,
}

/// <param name="Words">What was found, and for anything but good what to do. No secret and no personal data: it may be sent to support.</param>
internal sealed record Finding(FindingGrade Grade, string Words)
{
    public static Finding Good(string words) => new(FindingGrade.Good, words);

    public static Finding Warning(string words) => new(FindingGrade.Warning, words);

    public static Finding Failure(string words) => new(FindingGrade.Failure, words);
}

/// <summary>Looks at one thing within seconds and changes nothing. An exception counts as a failure.</summary>
internal delegate Task<Finding> Look(IServiceProvider services, CancellationToken cancel);
