namespace Strongroom.Modules.Audit.Contracts;

/// <summary>The log stands still, or is late: somebody must look. The event says why.</summary>
public sealed record LogAlarm(EventId Event);
