using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Exchange;

internal static class ExchangeRights
{
    /// <summary>Take over an old register and see what it could not read.</summary>
    public const string Import = "exchange.import";

    /// <summary>See to the warnings of an import at one's branch.</summary>
    public const string Settle = "exchange.settle";
}

internal static class ExchangeAudit
{
    public static readonly AuditKind Asked = new("exchange.import-asked", "Import of an old register asked for");
    public static readonly AuditKind Started = new("exchange.import-started", "Import of an old register started");
    public static readonly AuditKind Taken = new("exchange.rows-taken", "Taken over from the old register");
    public static readonly AuditKind Finished = new("exchange.import-finished", "Import of an old register finished");
    public static readonly AuditKind Settled = new("exchange.warnings-settled", "Warning of the import seen to");
    public static readonly AuditKind Stopped = new("exchange.import-stopped", "Import of an old register stopped");
}
