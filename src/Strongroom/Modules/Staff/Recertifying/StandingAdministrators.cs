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
        var inForce = db.PostingFacts().Where(posting => posting.From <= today && (posting.Until == null || today < posting.Until));
        return inForce
            .Where(posting => posting.Role == Role.Admin && posting.Branch == null && today < posting.LapsesOn)
            .Where(posting => !inForce.Any(other => other.Officer == posting.Officer && other.Role != Role.Admin && other.From <= posting.From))
            .Where(posting => db.UserFacts().Any(user => user.Person == posting.Person && user.Activated && !user.Disabled))
            .Select(posting => posting.Person).ToHashSetAsync(cancel);
    }
}
