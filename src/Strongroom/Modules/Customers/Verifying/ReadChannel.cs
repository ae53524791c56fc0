using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Customers.Contracts;

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
        if (channel is not null) channel = channel with { ChangeWaits = await db.WaitingFor(id, clock.UtcNow(), cancel) is not null };
        var check = await db.Set<ChannelCheck>().AsNoTracking().SingleOrDefaultAsync(row => row.Channel == id && row.EndedAt == null, cancel);
        return (channel, channel is not null && check?.OpenAt(clock.UtcNow()) == true);
    }

    public async Task<IReadOnlyList<ChannelLine>> All(PersonId person, CancellationToken cancel)
    {
        if (!MayRead(person)) return [];
        var rows = await db.Set<Channel>().AsNoTracking().Where(row => row.Person == person && row.RemovedAt == null).OrderBy(row => row.Kind).ThenBy(row => row.Id).ToListAsync(cancel);
        // One that was never confirmed is forgotten after its day.
        var open = rows.FindAll(row => !row.Over(clock.UtcNow()));
        return [.. open.Select(row => new ChannelLine(row.Id, row.Kind, row.Masked, row.State, row.VerifiedAt)
        {
            ChangeWaits = open.Exists(other => other.State == ChannelState.Asked && other.Replaces == row.Id && other.ReplaceAgreedAt is null),
        })];
    }

    private bool MayRead(PersonId person) => current.Now.AtHome == person || current.Now.May(CustomersRights.Write);
}
