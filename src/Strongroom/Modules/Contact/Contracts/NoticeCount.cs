using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Modules.Contact.Contracts;

/// <summary>How many of the signed-in person's notices are unread.</summary>
internal sealed class NoticeCount(StrongroomDb db, CurrentActor current)
{
    public Task<int> Unread(CancellationToken cancel) => current.Now.Person is { } me
        ? db.Set<PersonNotice>().CountAsync(row => row.Person == me && row.ReadAt == null, cancel)
        : Task.FromResult(0);
}
