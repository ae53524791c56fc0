using System.Globalization;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;

namespace Strongroom.Modules.Branches.Pages;

/// <summary>What people read for the codes of this module.</summary>
internal static class BranchWords
{
    public static string Of(LocationClass location) => location switch
    {
        LocationClass.Rural => "rural",
        LocationClass.SemiUrban => "semi-urban",
        LocationClass.Urban => "urban",
        LocationClass.Metro => "metro",
    };

    public static string Of(SizeClass size) => size switch
    {
        SizeClass.S => "small",
        SizeClass.M => "medium",
        SizeClass.L => "large",
        SizeClass.XL => "extra large",
    };

    public static string Of(LockerCondition condition) => condition switch
    {
        LockerCondition.InService => "in service",
        LockerCondition.UnderRepair => "under repair",
        LockerCondition.OutOfService => "out of service",
    };

    public static string Of(ConditionReason reason) => reason switch
    {
        ConditionReason.LockJams => "the lock jams",
        ConditionReason.DoorDamaged => "the door is damaged",
        ConditionReason.KeyLost => "a key is lost",
        ConditionReason.KeyBroken => "a key is broken",
        ConditionReason.Inspection => "inspection",
        ConditionReason.Rebuilding => "rebuilding of the vault",
        ConditionReason.Repaired => "it was repaired",
        ConditionReason.Mistake => "the last entry was a mistake",
    };

    public static string Of(DayHours? hours) => hours is null ? "closed" : $"{hours.Opens:HH\\:mm} to {hours.Closes:HH\\:mm}";

    public static string Of(DateOnly date) => date.ToString("dddd, d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Monday first, as the week is read.</summary>
    public static IEnumerable<DayOfWeek> Week => Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7));
}
