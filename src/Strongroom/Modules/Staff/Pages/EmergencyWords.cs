using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Staff.Pages;

/// <summary>Emergencies in the words of the pages.</summary>
internal static class EmergencyWords
{
    public static string Of(EmergencyLine line) => line.State switch
    {
        EmergencyState.Asked => "not signed yet",
        EmergencyState.Open => "open now",
        EmergencyState.ToReview => line.Overdue ? "review overdue" : "to be reviewed",
        EmergencyState.Reviewed => "reviewed",
    };

    public static Tone ToneOf(EmergencyLine line) => line.State switch
    {
        EmergencyState.Open => Tone.Danger,
        EmergencyState.ToReview => line.Overdue ? Tone.Danger : Tone.Waits,
        EmergencyState.Reviewed => Tone.Done,
        EmergencyState.Asked => Tone.Neutral,
    };
}
