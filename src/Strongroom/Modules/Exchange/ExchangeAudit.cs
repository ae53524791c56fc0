using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Exchange;

internal static class ExchangeRights
{
    /// <summary>Take over an old register and see what it could not read.</summary>
    public const string Import = "exchange.import";

    /// <summary>See to the warnings of an import at one's branch.</summary>
    public const string Settle = "exchange.settle";

    /// <summary>Say that two records are one person, at one's branch.</summary>
    public const string Merge = "exchange.merge";

    /// <summary>Sign that as the second officer. Named by Customers: whoever keeps persons at the branch.</summary>
    public const string SignMerge = "customers.write";
}

internal static class ExchangeAudit
{
    public static readonly AuditKind Asked = new("exchange.import-asked", "Import of an old register asked for");
    public static readonly AuditKind Started = new("exchange.import-started", "Import of an old register started");
    public static readonly AuditKind Taken = new("exchange.rows-taken", "Taken over from the old register");
    public static readonly AuditKind Finished = new("exchange.import-finished", "Import of an old register finished");
    public static readonly AuditKind Settled = new("exchange.warnings-settled", "Warning of the import seen to");
    public static readonly AuditKind MergeAsked = new("exchange.merge-asked", "Merge of two records of one person asked for");
    public static readonly AuditKind Merged = new("exchange.persons-merged", "Two records of one person merged");
    public static readonly AuditKind Stopped = new("exchange.import-stopped", "Import of an old register stopped");
}
