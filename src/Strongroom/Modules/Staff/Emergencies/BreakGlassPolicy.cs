using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

/// <summary>How far emergency access goes. A law's ceilings bind: no bank makes it a way of working.</summary>
public sealed record BreakGlassPolicy : IPolicy
{
    [Setting("Emergency access lasts at most", "minutes")]
    public int Minutes { get; init; }

    [Setting("It is reviewed within", "days")]
    public int ReviewDays { get; init; }

    [Setting("One officer takes it in thirty days at most", "times")]
    public int TimesInThirtyDays { get; init; }
}
