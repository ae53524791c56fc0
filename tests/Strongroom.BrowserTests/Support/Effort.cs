namespace Strongroom.BrowserTests.Support;

/// <summary>What a journey asked of the person at the browser.</summary>
/// <param name="Acts">Forms sent.</param>
/// <param name="Controls">Fields, choices, buttons and links used.</param>
/// <param name="Fields">Of these, typed into.</param>
/// <param name="Letters">Typed.</param>
/// <param name="Machine">From each act to the page that it brought.</param>
internal readonly record struct Effort(int Acts, int Controls, int Fields, int Letters, TimeSpan Machine)
{
    /// <summary>
    /// The keystroke-level model of Card, Moran and Newell (1980) for a practised person with mouse and keyboard: for each control 1.35 s to think, 1.1 s to
    /// point and 0.2 s to click; for each field that is typed into 0.8 s to move the hand there and back; for each letter 0.28 s.
    /// </summary>
    public TimeSpan Person => TimeSpan.FromSeconds(Controls * (1.35 + 1.1 + 0.2) + Fields * 0.8 + Letters * 0.28);

    public static Effort operator -(Effort after, Effort before) =>
        new(after.Acts - before.Acts, after.Controls - before.Controls, after.Fields - before.Fields, after.Letters - before.Letters, after.Machine - before.Machine);
}
