using System.Globalization;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Access.Registers;

/// <summary>What went wrong at the vault, who noted it and what was done about it, on paper.</summary>
internal sealed class OccurrenceRegister(ReadOccurrences read) : IRegister
{
    public const string Path = "/desk/occurrences/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        var (begins, ends) = period.InUtc(branch.Zone);
        if (await read.Between(branch.Id, begins, ends, Register.MostRows + 1, cancel) is not { } rows) return null;
        string? Local(DateTime? at) => at?.InZone(branch.Zone).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        return Register.Of(rows,
            ("When", 1.3f, row => Local(row.At)),
            ("What", 1.8f, row => row.Words),
            ("Locker", 0.7f, row => row.LockerNumber),
            ("Noted by", 1.4f, row => row.By ?? "the software"),
            ("What was found", 3, row => row.Note),
            ("Seen to", 1.3f, row => Local(row.SeenAt) ?? "not yet"),
            ("By", 1.4f, row => row.SeenBy),
            ("What was done", 3, row => row.Answer));
    }
}
