using Microsoft.EntityFrameworkCore;
using Strongroom.Data;

namespace Strongroom.Modules.Customers.Verifying;

/// <summary>An address as its verification shows it: to officers who keep persons, and to the person.</summary>
internal sealed class ReadChannel(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    /// <summary>The address, or null where there is none for this reader; and whether a code that was sent still counts.</summary>
    public async Task<(ChannelLine? Channel, bool Open)> One(PersonId person, ChannelId id, CancellationToken cancel)
    {
        if (!MayRead(person)) return (null, false);
        var channel = await db.Set<Channel>().AsNoTracking().Where(row => row.Id == id && row.Person == person && row.RemovedAt == null)
            .Select(row => new ChannelLine(row.Id, row.Kind, row.Masked, row.State, row.VerifiedAt)).SingleOrDefaultAsync(cancel);
        var check = await db.Set<ChannelCheck>().AsNoTracking().SingleOrDefaultAsync(row => row.Channel == id && row.EndedAt == null, cancel);
        return (channel, channel is not null && check?.OpenAt(clock.UtcNow()) == true);
    }

    public async Task<IReadOnlyList<ChannelLine>> All(PersonId person, CancellationToken cancel) => !MayRead(person) ? [] :
        await db.Set<Channel>().AsNoTracking().Where(row => row.Person == person && row.RemovedAt == null).OrderBy(row => row.Kind).ThenBy(row => row.Id)
            .Select(row => new ChannelLine(row.Id, row.Kind, row.Masked, row.State, row.VerifiedAt)).ToListAsync(cancel);

    private bool MayRead(PersonId person) => current.Now.Person == person || current.Now.May(CustomersRights.Write);
}
