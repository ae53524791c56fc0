namespace Strongroom.Modules.Agreements.Contracts;

public static class HoldForHirer
{
    private const string Ask = "Please speak with your branch.";

    /// <summary>What the hirers read of a hold: why and what they can do, or, where they may not be told, only to speak with the branch.</summary>
    public static string Words(HoldFacts hold) => hold is { TellHirer: false } ? Ask : hold.Kind switch
    {
        HoldKind.Court => "A court has ordered that it stays shut. Ask your branch for the number of the order.",
        HoldKind.Attachment => "An authority has ordered that it stays shut. Ask your branch for the number of the order.",
        HoldKind.Death => "We were told that one of its hirers has died. Your branch tells you which papers it needs.",
        HoldKind.Arrears => "Rent is due. Pay it at your branch, and the locker can be opened again.",
        HoldKind.Freeze => "It is frozen: nobody is let in, not even you.",
        HoldKind.Suspicion => Ask,
    };
}
