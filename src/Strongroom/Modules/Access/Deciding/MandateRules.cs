using Strongroom.Modules.Agreements.Contracts;

namespace Strongroom.Modules.Access.Deciding;

/// <summary>A hirer of the agreement as the mandate sees one.</summary>
/// <param name="Position">1 is the first-named.</param>
public readonly record struct HirerHere(int Position, bool Present, bool Deceased = false);

/// <summary>
/// R10: whether those who are present may operate. Where the mandate's words leave a doubt, the stricter reading holds. A death ends the modes without
/// "survivor"; the claim's case goes on from there.
/// </summary>
internal static class MandateRules
{
    public static bool Met(Mandate mandate, IReadOnlyList<HirerHere> hirers)
    {
        var ordered = hirers.OrderBy(hirer => hirer.Position).ToList();
        if (ordered.Count == 0) return false;
        return mandate switch
        {
            Mandate.Single => ordered[0] is { Present: true, Deceased: false },
            Mandate.Jointly => ordered.TrueForAll(hirer => hirer is { Present: true, Deceased: false }),
            Mandate.EitherOrSurvivor or Mandate.AnyoneOrSurvivor => ordered.Exists(hirer => hirer is { Present: true, Deceased: false }),
            Mandate.FormerOrSurvivor => OneOrSurvivor(ordered, ordered[0]),
            Mandate.LatterOrSurvivor => OneOrSurvivor(ordered, ordered[^1]),
        };
    }

    /// <summary>Who still has to come, said so that an officer knows whom to ask for.</summary>
    public static string Wants(Mandate mandate) => mandate switch
    {
        Mandate.Single => "The first-named hirer operates alone and must be present.",
        Mandate.Jointly => "All hirers must be present together.",
        Mandate.EitherOrSurvivor => "One of the two hirers must be present.",
        Mandate.AnyoneOrSurvivor => "One of the hirers must be present.",
        Mandate.FormerOrSurvivor => "The first-named hirer must be present; the others only after the first-named has died.",
        Mandate.LatterOrSurvivor => "The last-named hirer must be present; the others only after the last-named has died.",
    };

    /// <summary>A natural hirer is here in person; an organisation when enough of its signatories are, as its resolution says.</summary>
    public static bool Here(IEnumerable<MayCome> ofOneHirer, IReadOnlySet<PersonId> present)
    {
        var here = ofOneHirer.Where(one => present.Contains(one.Person)).ToList();
        return here.Exists(one => one.Together <= here.Count);
    }

    private static bool OneOrSurvivor(List<HirerHere> hirers, HirerHere one) =>
        one.Deceased ? hirers.Exists(hirer => hirer is { Present: true, Deceased: false }) : one.Present;
}
