using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Modules.Contact.Contracts;

/// <summary>How many of the signed-in person's notices are unread.</summary>
internal sealed class NoticeCount(StrongroomDb db, CurrentActor current)
{
    public Task<int> Unread(CancellationToken cancel) => current.Now.Person is null ? Task.FromResult(0) : db.NoticesOf(current.Now).CountAsync(row => row.ReadAt == null, cancel);
}
