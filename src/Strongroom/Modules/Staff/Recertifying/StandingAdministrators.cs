using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff.Recertifying;

internal static class StandingAdministrators
{
    /// <summary>Administrators who can sign in, whose posting is in force and confirmed, and who hold no role that belongs apart from it.</summary>
    public static Task<HashSet<PersonId>> AdministratorsStanding(this StrongroomDb db, DateTime now, CancellationToken cancel)
    {
        var today = now.DateIn("UTC");
        return db.AdministratorsInForce(today).Where(posting => today < posting.LapsesOn).Select(posting => posting.Person).ToHashSetAsync(cancel);
    }

    /// <summary>Those who can act: the standing ones, and where these are too few, also those whom nobody confirmed.</summary>
    public static async Task<HashSet<PersonId>> AdministratorsAtWork(this StrongroomDb db, DateTime now, CancellationToken cancel)
    {
        var standing = await db.AdministratorsStanding(now, cancel);
        return RecertificationRules.LastAdministratorsStay(standing.Count) ? await db.AdministratorsInForce(now.DateIn("UTC")).Select(posting => posting.Person).ToHashSetAsync(cancel) : standing;
    }

    private static IQueryable<PostingFacts> AdministratorsInForce(this StrongroomDb db, DateOnly today)
    {
        var inForce = db.PostingFacts().Where(posting => posting.From <= today && (posting.Until == null || today < posting.Until));
        return inForce
            .Where(posting => posting.Role == Role.Admin && posting.Branch == null)
            .Where(posting => !inForce.Any(other => other.Officer == posting.Officer && other.Role != Role.Admin && other.From <= posting.From))
            .Where(posting => db.UserFacts().Any(user => user.Person == posting.Person && user.Activated && !user.Disabled));
    }
}
