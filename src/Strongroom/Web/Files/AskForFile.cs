using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Strongroom.Data;
using Strongroom.Modules.Approvals;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Web.Lists;

namespace Strongroom.Web.Files;

/// <param name="File">Its address, "/desk/people/csv".</param>
/// <param name="Query">What narrows it, as an address has it; branch and days stand in it.</param>
/// <param name="Rows">At most so many.</param>
public sealed record FileToTake(string File, string Query, int Rows, string Reason);

public sealed record FileAsked(ApprovalId Approval);

internal sealed record NoApprovalNeeded() : Refusal("files.no-approval-needed", 409, "You may take this file without approval.", "Download it from its list.");

internal sealed record FileAskedTooMuch() : Refusal("files.asked-too-much", 422, "What narrows the list is too long to be read by a colleague.", "Narrow it by less.");

/// <summary>A file with more names than one person takes alone. Its maker fetches it once (<see cref="TakeFile.Approved"/>).</summary>
internal sealed class ApprovedFile : IApprovedAct<FileToTake>
{
    // Whoever may read a list may ask for it, and reads what became of it; which list it is, is looked at when it is asked for and when it is taken.
    public static ApprovalKind Kind { get; } = new("audit.take-file", "Take a file with names", ApprovalsRights.Read, AuditRights.Read, AuditRights.LetFilesOut, []);

    /// <summary>None: a list of many moves all the time, and how much it may have grown is a matter of its rows.</summary>
    public Task<IReadOnlyList<BoundRow>> Bound(FileToTake payload, CancellationToken cancel) => Task.FromResult<IReadOnlyList<BoundRow>>([]);
}

/// <summary>Says what a long file is for, and asks a colleague for it.</summary>
internal sealed class AskForFile(Write write, FileLimit limit, FileAddresses files, ApprovalBook approvals, IServiceProvider services)
{
    public const int ReasonLength = 500;

    private const int QueryLength = 500;

    public Task<Outcome<FileAsked>> Handle(string path, IQueryCollection asked, string reason, CancellationToken cancel) =>
        write.Do<FileAsked>("audit.ask-for-file", new { path, asked = asked.Parts(), reason }, async act =>
        {
            if ((await Look(act, path, asked, cancel)).Refused(out var refusal, out var one)) return refusal;
            if (!one.Standing.NeedsApproval(one.Address, one.File)) return new NoApprovalNeeded();
            var query = QueryString.Create(one.File.Asked.Select(part => KeyValuePair.Create(part.Key, (string?)part.Value))).ToString();
            if (query.Length > QueryLength) return new FileAskedTooMuch();
            var (policy, payload) = (one.Standing.Policy, new FileToTake(one.Address.Path, query, one.File.Rows, reason));
            return new FileAsked(await approvals.Ask<ApprovedFile, FileToTake>(act,
                new(payload, FileWords.Of(one, reason), one.Standing.Branch?.Id, [], policy.OthersForExport, policy.Life), cancel));
        }, cancel);

    /// <summary>What would be asked for.</summary>
    public async Task<Outcome<AskedForFile>> Look(Act act, string path, IQueryCollection asked, CancellationToken cancel)
    {
        if (act.Actor.Person is null || files.For(act.Actor, path) is not { } address) return new NoSuch("list");
        if ((await address.Prepare(services, act, asked, cancel)).Refused(out var refusal, out var file)) return refusal;
        return new AskedForFile(address, file, await limit.Of(act, address, file, cancel));
    }
}

internal sealed record AskedForFile(FileAddress Address, FileToBe File, FileStanding Standing);

/// <summary>What an approver reads of a file, and its maker before.</summary>
internal static class FileWords
{
    private static readonly Dictionary<string, string> Labels = new(StringComparer.Ordinal)
    {
        ["q"] = "Searched for",
        ["search"] = "Searched for",
        ["from"] = "From",
        ["until"] = "Until",
        ["to"] = "Until",
        ["date"] = "Day",
        ["sort"] = "Sorted by",
        ["state"] = "State",
        ["ended"] = "Ended ones",
        ["plain"] = "Only without the bank’s code",
        ["with"] = "Only with",
        ["kind"] = "Kind",
        ["locker"] = "Locker",
        ["person"] = "Person",
        ["officer"] = "Officer",
    };

    public static ApprovalWords Of(AskedForFile one, string reason) => new(
        string.Create(CultureInfo.InvariantCulture, $"Take {one.File.Rows:N0} rows with names as a file: {one.Address.Title}, {Place(one)}"),
        [
            new("File", $"{one.Address.Title}, {one.Address.Form}"),
            new("Where", Place(one)),
            new("Rows", string.Create(CultureInfo.InvariantCulture, $"{one.File.Rows:N0} at most; it is made when it is taken, once")),
            .. Narrowed(one.File),
            new("What for", reason),
            new("Taken alone in the last 24 hours", string.Create(CultureInfo.InvariantCulture, $"{one.Standing.Taken:N0} rows with names; {one.Standing.Policy.ExportRows:N0} are allowed")),
        ]);

    public static IEnumerable<ApprovalLine> Narrowed(FileToBe file) =>
        file.Asked.Where(part => part.Key != "branch").Select(part => new ApprovalLine(Labels.GetValueOrDefault(part.Key) ?? $"“{part.Key}”", part.Value));

    public static string Place(AskedForFile one) => one.File.Branch is null ? "all that its maker may read" : one.Standing.Branch!.Name;
}
