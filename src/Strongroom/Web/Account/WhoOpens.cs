using System.Globalization;
using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Web.Account;

/// <summary>Somebody who may open a locker, and in which way: what its hirers read.</summary>
public sealed record Opener(PersonId Person, string Name, bool You, string Way);

/// <summary>The mode of operation in the hirers' own words.</summary>
internal static class WhoOpens
{
    /// <param name="hirers">How many have signed; the last one is the latter.</param>
    /// <param name="organisation">For whom a signatory acts.</param>
    /// <param name="dead">Positions of those who are marked as dead (R55).</param>
    public static string Way(Mandate mandate, MayCome one, int hirers, string? organisation, IReadOnlyCollection<int> dead) => one.As switch
    {
        ComesAs.Agent => one.Until is { } until ? $"by your letter of authority, until {Words(until)}" : "by your letter of authority",
        ComesAs.Signatory when one.Together > 1 => $"for {organisation}, {one.Together} who sign for it together",
        ComesAs.Signatory => $"for {organisation}",
        ComesAs.Hirer => mandate switch
        {
            Mandate.Single => "alone",
            Mandate.Jointly when dead.Count > 0 => "no longer, since a hirer has died; please speak with your branch",
            Mandate.Jointly => hirers == 2 ? "only together with the other hirer" : "only together with all other hirers",
            Mandate.EitherOrSurvivor or Mandate.AnyoneOrSurvivor => "alone",
            Mandate.FormerOrSurvivor => one.Position == 1 || dead.Contains(1) ? "alone" : "only after the death of the first-named hirer",
            Mandate.LatterOrSurvivor => one.Position == hirers || dead.Contains(hirers) ? "alone" : "only after the death of the last-named hirer",
        },
    };

    public static string Words(DateOnly date) => date.ToString("d MMMM yyyy", CultureInfo.CurrentCulture);
}
