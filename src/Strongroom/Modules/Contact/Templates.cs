using System.Globalization;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Contact;

/// <summary>What an alert says: all that the addressee needs to know whether it was them, and nothing of what lies in the locker.</summary>
internal sealed record VisitAlert(string Addressee, string Operator, bool ByThemselves, string LockerNumber, string BranchName, DateTime At, string Zone);

/// <summary>The bank's words to its customers, by language. A language that is not here is answered in English.</summary>
internal static class Templates
{
    public static (string Subject, string Body) Of(VisitAlert alert, string language) => language switch
    {
        _ => English(alert),
    };

    private static (string, string) English(VisitAlert alert)
    {
        var local = alert.At.InZone(alert.Zone);
        var when = local.ToString("dddd d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-IN"));
        return (
            $"Your locker {alert.LockerNumber} was opened on {local.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-IN"))}",
            $"""
            Dear {alert.Addressee},

            your locker {alert.LockerNumber} at {alert.BranchName} was opened on {when} ({Zones.ShortName(alert.At, alert.Zone)}).

            Opened by: {(alert.ByThemselves ? "you" : alert.Operator)}

            If this is right, you need not do anything.

            If it is not: sign in and freeze the locker at once, so that nobody is let in. Then go to your branch, {alert.BranchName}, or call it, and say that you complain about this visit.

            We never ask for your password or for a code by e-mail.
            """);
    }
}
