using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Web.Files;

internal sealed record FileGrown(int Rows, int Approved) : Refusal("files.grown", 409,
    string.Create(CultureInfo.InvariantCulture, $"The list has {Rows:N0} rows by now, and {Approved:N0} were approved."), "Ask for it again, as long as it is.");

/// <summary>The one way out for a list or a register: at once up to what one may take alone, and beyond that once for each approval. Each is an event.</summary>
internal sealed class TakeFile(StrongroomDb db, Write write, FileLimit limit, FileAddresses files, ApprovalBook approvals, IServiceProvider services)
{
    public Task<Outcome<TakenFile>> Handle(FileAddress address, IQueryCollection asked, CancellationToken cancel) =>
        write.Do<TakenFile>(address.ActName, new { address.Path }, async act =>
        {
            if (act.Actor.Person is null) return new NotYours();
            if ((await address.Prepare(services, act, asked, cancel)).Refused(out var refusal, out var file)) return refusal;
            var standing = await limit.Of(act, address, file, cancel);
            if (standing.NeedsApproval(address, file))
            {
                var tooMany = new FileNeedsApproval(file.Rows, standing.Taken, standing.Policy.ExportRows);
                return file.Branch is { } branch ? tooMany.About(branch) : tooMany;
            }
            if (address.Names) limit.Note(act, file, standing);
            db.Append(act, file.Happened);
            return file.Make();
        }, cancel);

    /// <summary>What others have approved: made now, from the list as it is now, and with no more rows than they read.</summary>
    public Task<Outcome<TakenFile>> Approved(ApprovalId id, CancellationToken cancel) =>
        write.Do<TakenFile>("audit.take-approved-file", new { id }, async act =>
        {
            if ((await approvals.Asked<ApprovedFile, FileToTake>(act, id, cancel)).Refused(out var refusal, out var payload)) return refusal;
            if (files.For(act.Actor, payload.File) is not { } address) return new NotYours().About(id);
            if ((await approvals.Use<ApprovedFile, FileToTake>(act, id, payload, cancel)).Refused(out refusal, out _)) return refusal;
            if ((await address.Prepare(services, act, new QueryCollection(QueryHelpers.ParseQuery(payload.Query)), cancel)).Refused(out refusal, out var file)) return refusal.About(id);
            if (file.Rows > payload.Rows) return new FileGrown(file.Rows, payload.Rows).About(id);
            await limit.Note(act, file, id, cancel);
            db.Append(act, file.Happened.About(id));
            return file.Make();
        }, cancel);
}
