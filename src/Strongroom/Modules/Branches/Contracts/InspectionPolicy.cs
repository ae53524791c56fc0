using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches.Contracts;

/// <summary>How often what guards a vault is inspected (R19e).</summary>
public sealed record InspectionPolicy : IPolicy
{
    [Setting("The vault door is inspected every", "days", Rule = "R19e")]
    public int VaultDoorDays { get; init; }

    [Setting("The intruder alarm is tested every", "days", Rule = "R19e")]
    public int IntruderAlarmDays { get; init; }

    [Setting("The fire alarm is tested every", "days", Rule = "R19e")]
    public int FireAlarmDays { get; init; }

    [Setting("The cameras are looked through every", "days", Rule = "R19e")]
    public int CamerasDays { get; init; }

    [Setting("The emergency light is tested every", "days", Rule = "R19e")]
    public int EmergencyLightDays { get; init; }

    [Setting("The cabinets and their locks are inspected every", "days", Rule = "R19e")]
    public int CabinetsDays { get; init; }

    public int DaysOf(InspectionKind kind) => kind switch
    {
        InspectionKind.VaultDoor => VaultDoorDays,
        InspectionKind.IntruderAlarm => IntruderAlarmDays,
        InspectionKind.FireAlarm => FireAlarmDays,
        InspectionKind.Cameras => CamerasDays,
        InspectionKind.EmergencyLight => EmergencyLightDays,
        InspectionKind.Cabinets => CabinetsDays,
    };

    /// <summary>When the next one is due; null when none was ever recorded, which is as good as overdue. One that failed is due again at once.</summary>
    public DateOnly? DueAfter(InspectionKind kind, DateOnly? doneOn, InspectionResult? result) =>
        result == InspectionResult.Failed ? doneOn : doneOn?.AddDays(DaysOf(kind));
}
