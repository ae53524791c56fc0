using System.Globalization;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Contact;

/// <summary>What an alert says: all that the addressee needs to know whether it was them, and nothing of what lies in the locker.</summary>
internal sealed record VisitAlert(string Addressee, string Operator, bool ByThemselves, string LockerNumber, string BranchName, DateTime At, string Zone);

/// <summary>What a person is told when a sign-in in their name was activated.</summary>
internal sealed record ActivationNotice(string Addressee, DateTime At, string Zone);

/// <summary>The bank's words to its customers, by language. A language that is not here is answered in English.</summary>
internal static class Templates
{
    public static (string Subject, string Body) Of(VisitAlert alert, string language) => language switch
    {
        _ => English(alert),
    };

    public static (string Subject, string Body) Of(ActivationNotice notice, string language) => language switch
    {
        _ => English(notice),
    };

    private static (string, string) English(ActivationNotice notice) => (
        "Your sign-in was activated",
        $"""
        Dear {notice.Addressee},

        your sign-in at the bank was activated on {notice.At.InZone(notice.Zone).ToString("dddd d MMMM yyyy 'at' HH:mm", CultureInfo.GetCultureInfo("en-IN"))} ({Zones.ShortName(notice.At, notice.Zone)}). This is sent to every e-mail address that we have of you.

        If it was you, you need not do anything.

        If it was not: go to your branch at once, or call it, and say that somebody activated a sign-in in your name. For the first 24 hours a new passkey approves no opening of a locker by itself.

        We never ask for your password or for a code by e-mail.
        """);

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
