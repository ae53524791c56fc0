namespace Strongroom.Modules.Branches.Contracts;

public enum LocationClass { Rural, SemiUrban, Urban, Metro }

public enum SizeClass { S, M, L, XL }

public enum LockKind { Mechanical, Electronic }

public enum LockerCondition { InService, UnderRepair, OutOfService }

/// <summary>What an old register remarked about a locker that stops its hire until staff have looked.</summary>
public enum RegisterRemark { Deceased, CourtOrder, Attached }

public sealed record BranchFacts
{
    public BranchId Id { get; init; }

    public string Code { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>IANA time zone.</summary>
    public string Zone { get; init; } = "";

    public string Jurisdiction { get; init; } = "";

    public LocationClass LocationClass { get; init; }

    /// <summary>JSON of <see cref="WeekHours"/>.</summary>
    public string Hours { get; init; } = "";

    /// <summary>Zone and law are an import's guess that nobody has confirmed.</summary>
    public bool Proposed { get; init; }

    public long Version { get; init; }
}

public sealed record VaultFacts
{
    public VaultId Id { get; init; }

    public BranchId Branch { get; init; }

    public string Name { get; init; } = "";

    public int PartyLimit { get; init; }

    public int PartiesInside { get; init; }

    public long Version { get; init; }
}

public sealed record LockerFacts
{
    public LockerId Id { get; init; }

    public BranchId Branch { get; init; }

    public VaultId Vault { get; init; }

    public CabinetId Cabinet { get; init; }

    public string CabinetName { get; init; } = "";

    public string Number { get; init; } = "";

    public string Type { get; init; } = "";

    public SizeClass SizeClass { get; init; }

    /// <summary>Of its type, in millimetres.</summary>
    public int Height { get; init; }

    public int Width { get; init; }

    public LockKind Lock { get; init; }

    public LockerCondition Condition { get; init; }

    /// <summary>Nobody knows who has it, unless an agreement was made for it since: neither rented nor vacant.</summary>
    public bool OccupantUnknown { get; init; }

    public RegisterRemark? Remark { get; init; }

    public int Row { get; init; }

    public int Column { get; init; }

    public long Version { get; init; }
}

/// <summary>A number that the locker had before.</summary>
public sealed record FormerNumberFacts
{
    public LockerId Locker { get; init; }

    public string Number { get; init; } = "";

    /// <summary>Null when it had the number before it came into these books.</summary>
    public DateTime? From { get; init; }

    public DateTime Until { get; init; }
}

/// <summary>What guards a vault and is inspected from time to time (R19e).</summary>
public enum InspectionKind { VaultDoor, IntruderAlarm, FireAlarm, Cameras, EmergencyLight, Cabinets }

/// <summary>A failed inspection is due again at once.</summary>
public enum InspectionResult { Passed, Defects, Failed }
