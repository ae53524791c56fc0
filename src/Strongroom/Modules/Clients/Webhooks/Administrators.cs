using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Clients.Webhooks;

internal static class Administrators
{
    public static async Task<IReadOnlyList<PersonId>> Of(StrongroomDb db, DateTime now, CancellationToken cancel)
    {
        var today = DateOnly.FromDateTime(now);
        return await db.PostingFacts().Where(posting => posting.Role == Role.Admin && posting.From <= today && (posting.Until == null || today < posting.Until))
            .Select(posting => posting.Person).Distinct().ToListAsync(cancel);
    }
}
