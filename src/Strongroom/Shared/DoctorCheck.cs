namespace Strongroom.Shared;

/// <summary>
/// Something that `doctor` looks at. A module adds its own as a scoped service: `services.AddScoped&lt;IDoctorCheck, MailReachable&gt;()`.
/// It changes nothing, answers within seconds, and its words hold no secret and no personal data. An exception counts as a failure.
/// </summary>
internal interface IDoctorCheck
{
    /// <summary>What is looked at: "mail server".</summary>
    string Name { get; }

    Task<Finding> Look(CancellationToken cancel);
}

internal enum FindingGrade
{
    Good,

    /// <summary>Works, but somebody should know.</summary>
    Warning,
    Failure,
}

/// <param name="Words">What was found, and for anything but good what to do.</param>
internal sealed record Finding(FindingGrade Grade, string Words)
{
    public static Finding Good(string words) => new(FindingGrade.Good, words);

    public static Finding Warning(string words) => new(FindingGrade.Warning, words);

    public static Finding Failure(string words) => new(FindingGrade.Failure, words);
}
