using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Access.VaultRegister;

internal sealed record LeftAlready() : Refusal("access.left-already", 409, "The register has the time of leaving already.", "Nothing is left to do.");

/// <summary>The officer writes themselves out; for one who forgot, a colleague of the vault does, and the event says who.</summary>
internal sealed class LeaveVault(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(VaultEntryId id, CancellationToken cancel) =>
        write.Do<Done>("access.leave-vault", new { id }, async act =>
        {
            var entry = await db.Set<VaultEntry>().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (entry is null || !act.Actor.MayAt(AccessRights.Receive, entry.Branch)) return new NoSuch("entry");
            if (entry.Officer != act.Actor.Person && !act.Actor.MayAt(AccessRights.Day, entry.Branch)) return new NotYours().About(entry.Vault);
            if (entry.LeftAt is not null) return new LeftAlready().About(entry.Vault);
            entry.LeftAt = act.Now;
            db.Append(act, new Event(AccessAudit.VaultLeft).About(id).About(entry.Vault).About(entry.Branch).About(entry.Officer));
            return Done.It;
        }, cancel);
}
