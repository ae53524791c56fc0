using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Branches;

internal sealed class EditBranch(StrongroomDb db, Write write, PolicyBook book)
{
    public Task<Outcome<Done>> Handle(BranchId id, BranchDetails request, CancellationToken cancel) =>
        write.Do<Done>("branches.edit", new { id, request }, async act =>
        {
            var branch = await db.Set<Branch>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (branch is null || !act.Actor.MayAt(BranchesRights.Write, id)) return new NoSuch("branch");
            if (act.CheckVersion(branch) is { } stale) return stale;
            if (request.Fault(book) is { } fault) return fault;

            var edited = new Event(BranchesAudit.BranchEdited).About(id);
            Note("code", branch.Code, request.Code);
            Note("zone", branch.Zone, request.Zone);
            Note("jurisdiction", branch.Jurisdiction, request.Jurisdiction);
            Note("class", branch.LocationClass.ToString(), request.LocationClass.ToString());
            (branch.Code, branch.Name, branch.Zone) = (request.Code, request.Name.Trim(), request.Zone);
            (branch.Jurisdiction, branch.LocationClass) = (request.Jurisdiction, request.LocationClass);
            db.Append(act, edited);
            return Done.It;

            void Note(string what, string before, string after)
            {
                if (before != after) edited.With(what, $"{before} → {after}");
            }
        }, cancel);
}
