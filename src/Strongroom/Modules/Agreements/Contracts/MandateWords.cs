namespace Strongroom.Modules.Agreements.Contracts;

public static class MandateWords
{
    /// <summary>Whether so many hirers can operate that way.</summary>
    public static bool Fits(this Mandate mandate, int hirers) => mandate switch
    {
        Mandate.Single => hirers == 1,
        Mandate.EitherOrSurvivor => hirers == 2,
        Mandate.AnyoneOrSurvivor => hirers > 2,
        Mandate.Jointly or Mandate.FormerOrSurvivor or Mandate.LatterOrSurvivor => hirers > 1,
    };

    /// <summary>What a mode says, for the officer who chooses it with the hirers.</summary>
    public static string Means(Mandate mandate) => mandate switch
    {
        Mandate.Single => "One hirer alone.",
        Mandate.Jointly => "All come together, every time.",
        Mandate.EitherOrSurvivor => "One of the two is enough; after a death the other.",
        Mandate.FormerOrSurvivor => "The first-named; the others only after a death.",
        Mandate.LatterOrSurvivor => "The last-named; the others only after a death.",
        Mandate.AnyoneOrSurvivor => "Any one of them is enough.",
    };

    /// <summary>The mode of operation as staff say it.</summary>
    public static string Of(Mandate mandate) => mandate switch
    {
        Mandate.Single => "Single",
        Mandate.Jointly => "Jointly",
        Mandate.EitherOrSurvivor => "Either or survivor",
        Mandate.FormerOrSurvivor => "Former or survivor",
        Mandate.LatterOrSurvivor => "Latter or survivor",
        Mandate.AnyoneOrSurvivor => "Anyone or survivor",
    };
}
