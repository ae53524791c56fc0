using System.Globalization;
using Strongroom.Data.Printing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Slips;

/// <summary>The slip of a visit on one A4 sheet, in the hirer's language.</summary>
internal static class SlipPaper
{
    /// <param name="site">What stands before a path: where people reach this bank.</param>
    /// <param name="madeAt">UTC.</param>
    public static byte[] Draw(VisitSlip slip, SlipWords words, string bank, Func<string, string> site, DateTime madeAt)
    {
        var culture = CultureInfo.GetCultureInfo(words.Culture);
        var (visit, zone) = (slip.Visit, slip.Branch.Zone);
        string Day(DateOnly day) => day.ToString("d MMMM yyyy", culture);
        var title = words.Head.Replace("{locker}", slip.Locker, StringComparison.Ordinal);
        var facts = new List<(string, string)>
        {
            (words.Number, visit.PaperSlip is { } paper ? words.PaperSlip.Replace("{number}", paper, StringComparison.Ordinal)
                : Set(words.NumberOf, ("number", visit.Number.ToString(culture)), ("day", Day(visit.ArrivedAt.DateIn(zone))))),
            (words.Branch, $"{slip.Branch.Name} ({slip.Branch.Code})"),
            (words.Locker, slip.Locker),
            (words.Agreement, slip.Agreement),
            (words.CameAs, Who(slip, words)),
            (words.Identified, slip.Facts.IdentityCheck is { } check ? words.Checks[check] : words.NotThatFar),
            (words.Signed, slip.Facts.OperatorSign is { } sign ? words.Signs[sign] : words.NotThatFar),
            // The refusal's own sentence is said in the bank's language of the counter; its short form stands in the hirer's.
            (words.Decision, slip.Facts.Decided is { } decided ? slip.Told is { } told && words.Culture.StartsWith("en", StringComparison.Ordinal) ? told : words.Decided[decided] : words.NotThatFar),
            (words.ServedBy, slip.Officer ?? words.Nobody),
        };
        foreach (var (name, at) in new[] { (words.Arrived, (DateTime?)visit.ArrivedAt), (words.Admitted, visit.AdmittedAt), (words.Opened, visit.AloneAt), (words.Locked, visit.LockedAt), (words.Left, visit.EndedAt) })
            if (at is { } moment) facts.Add((name, string.Create(culture, $"{moment.InZone(zone):HH:mm} {Zones.ShortName(moment, zone)}")));
        facts.Add((words.Outcome, words.Outcomes[OutcomeOf(visit.State)]));
        if (slip.InYear is { } number)
            facts.Add((words.OfYear, Set(visit.OfYear is null ? words.OfYearIs : words.BeyondFree, ("number", number.ToString(culture)), ("since", Day(slip.YearBegan)))));

        var sheet = new Paper($"{words.Title} {visit.Number}, {slip.Locker}", madeAt).Head(bank, words.Title).Foot(words.Foot, words.Pages)
            .Title(title).Facts(facts)
            .Code(site($"/account/visits/{visit.Id}"), words.Page);
        if (slip.Leaf is { } leaf) sheet = sheet.Code(site(leaf.Path), words.Proof.Replace("{hash}", leaf.Leaf, StringComparison.Ordinal));
        return (slip.Complaint is { } complaint ? sheet.Code(site(complaint), words.Complain) : sheet.Text(words.ComplainAtBranch)).ToPdf();
    }

    private static string Who(VisitSlip slip, SlipWords words)
    {
        var name = slip.As switch
        {
            ComesAs.Hirer => $"{slip.Operator} ({words.Hirer})",
            ComesAs.Signatory => $"{slip.Operator} ({words.Signatory})",
            ComesAs.Agent => $"{slip.Operator} ({words.Agent})",
            null => slip.Operator,
        };
        return slip.Along.Count == 0 ? name : Set(words.With, ("name", name), ("others", string.Join(", ", slip.Along)));
    }

    private static SlipOutcome OutcomeOf(VisitState state) => state switch
    {
        VisitState.Closed or VisitState.Locked => SlipOutcome.Opened,
        VisitState.Alone => SlipOutcome.Open,
        VisitState.Refused => SlipOutcome.Refused,
        VisitState.Left or VisitState.Aborted => SlipOutcome.NotOpened,
        VisitState.Waiting or VisitState.Identified or VisitState.Admitted => SlipOutcome.GoingOn,
    };

    private static string Set(string words, params IEnumerable<(string Blank, string Value)> values) =>
        values.Aggregate(words, (text, one) => text.Replace($"{{{one.Blank}}}", one.Value, StringComparison.Ordinal));
}
