namespace Strongroom.Modules.Keys;

internal static class KeysRights
{
    public const string Read = "keys.read";

    /// <summary>Enter keys into the register; note whether they are embossed.</summary>
    public const string Write = "keys.write";

    /// <summary>Give and take guard keys (R20k).</summary>
    public const string HandOver = "keys.handover";

    /// <summary>Draw by lot who verifies the guard keys by surprise (R20k).</summary>
    public const string Check = "keys.check";

    /// <summary>Approve that the lock of a locker is replaced (R21k).</summary>
    public const string Replace = "keys.replace";
}
