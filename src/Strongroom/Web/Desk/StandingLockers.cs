using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

/// <summary>A locker with what stands in its way or in it: for the list and for the wall.</summary>
public sealed record StandingLocker(LockerFacts Locker, GlyphState State, AgreementId? Agreement, PersonId? Person, string? Hirer);

internal static class StandingLockers
{
    // A statement has room for so many ids.
    private const int AtOnce = 1_000;

    /// <summary>How each locker stands now, in the order given.</summary>
    public static async Task<IReadOnlyList<StandingLocker>> Standing(this StrongroomDb db, IReadOnlyList<LockerFacts> lockers, DateTime now, CancellationToken cancel)
    {
        List<StandingLocker> standing = [];
        foreach (var some in lockers.Chunk(AtOnce)) standing.AddRange(await db.StandingOf(some, now, cancel));
        return standing;
    }

    private static async Task<IEnumerable<StandingLocker>> StandingOf(this StrongroomDb db, LockerFacts[] lockers, DateTime now, CancellationToken cancel)
    {
        var ids = lockers.Select(locker => locker.Id).ToList();
        var hires = await db.AgreementFacts().Where(hire => ids.Contains(hire.Locker) && hire.EndedOn == null)
            .Join(db.PartyFacts().Where(party => party.Position == 1), hire => hire.Id, party => party.Agreement, (hire, party) => new { hire.Locker, hire.Id, party.Person })
            .Join(db.PersonFacts(), both => both.Person, person => person.Id, (both, person) => new { both.Locker, both.Id, both.Person, person.Name })
            .ToDictionaryAsync(hire => hire.Locker, cancel);
        var hireIds = hires.Values.Select(hire => hire.Id).ToList();
        var held = await db.HoldsInForce(now).Where(hold => hireIds.Contains(hold.Agreement)).Select(hold => hold.Agreement).ToHashSetAsync(cancel);
        var inside = await db.VisitFacts().Where(visit => ids.Contains(visit.Locker) && visit.EndedAt == null && visit.AdmittedAt != null)
            .Select(visit => visit.Locker).ToHashSetAsync(cancel);
        var doubtful = lockers.Where(locker => locker.OccupantUnknown).Select(locker => locker.Id).ToList();
        var known = doubtful.Count == 0 ? [] : await db.AgreementFacts().Where(hire => doubtful.Contains(hire.Locker)).Select(hire => hire.Locker).ToHashSetAsync(cancel);
        return lockers.Select(locker =>
        {
            var hire = hires.GetValueOrDefault(locker.Id);
            var state = LockerStates.Of(locker, inside.Contains(locker.Id), hire is not null, hire is not null && held.Contains(hire.Id), known.Contains(locker.Id));
            return new StandingLocker(locker, state, hire?.Id, hire?.Person, hire?.Name);
        });
    }
}
