using Strongroom.Data;

namespace Strongroom.Modules.Keys.Contracts;

public static class TakeKeys
{
    public const int LongestNumber = 30;

    /// <summary>A hirer's key as an old register has it, by its number. Nobody has looked whether it is embossed (R17).</summary>
    public static KeyId TakeHirerKey(this Bulk bulk, Act act, BranchId branch, LockerId locker, string number)
    {
        var key = new Key { Id = act.NewId<Noun.Key>(), Branch = branch, Kind = KeyKind.Hirer, Number = number, Locker = locker, Embossed = null };
        bulk.Add(key);
        return key.Id;
    }
}
