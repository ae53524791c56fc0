using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Users;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// A password is slow to prove on purpose, and sixty days of three branches hold five hundred signatures. While they are played, the same password stands
/// under a hash of one round; then each player gets back the hash that the sign-in made. None is left with the quick one.
/// </summary>
internal static class QuickPasswords
{
    private static readonly AuditKind Swapped = new("lab.passwords-swapped", "The Lab put passwords under other hashes");

    public static async Task While(LabBank lab, Func<Task> play)
    {
        var slow = await lab.Read(db => db.Set<User>().AsNoTracking().Where(user => user.PasswordHash != null).ToDictionaryAsync(user => user.Id, user => user.PasswordHash!));
        var quick = new PasswordHashes(iterations: 1).Hash(SmallBank.Password);
        await Give(lab, slow.Keys.ToDictionary(user => user, _ => quick));
        await play();
        await Give(lab, slow);
    }

    private static async Task Give(LabBank lab, Dictionary<Guid, string> hashes)
    {
        var outcome = await lab.As(null, services => Give(services, hashes));
        if (outcome.Refused(out var refusal, out _)) throw new InvalidOperationException(refusal.Title);
    }

    private static Task<Outcome<Done>> Give(IServiceProvider services, Dictionary<Guid, string> hashes)
    {
        var db = services.GetRequiredService<StrongroomDb>();
        return services.GetRequiredService<Write>().Do<Done>(Swapped.Name, hashes.Count, async act =>
        {
            foreach (var user in await db.Set<User>().Where(user => hashes.Keys.Contains(user.Id)).ToListAsync()) user.PasswordHash = hashes[user.Id];
            db.Append(act, new Event(Swapped).With("users", hashes.Count));
            return Done.It;
        }, default);
    }
}
