namespace Strongroom.Modules.Agreements.Contracts;

public static class MandateWords
{
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
