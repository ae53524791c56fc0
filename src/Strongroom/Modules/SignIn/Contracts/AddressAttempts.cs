using Strongroom.Modules.SignIn.Attempts;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// Proofs that are no person's, counted by the address they come from like failed sign-ins: an address that fails too often waits, and each minute's
/// failures are an event. By the address alone: whoever guesses in a client's name must not be able to keep the client out.
/// </summary>
internal sealed class AddressAttempts(Limiter limiter)
{
    /// <returns>What <paramref name="prove"/> found; false without asking it while the address waits.</returns>
    public async Task<bool> Try(string? address, Func<Task<bool>> prove, CancellationToken cancel)
    {
        if ((await limiter.Begin(account: null, address, cancel)).Refused(out _, out var attempt)) return false;
        var right = await prove();
        if (right) await limiter.Succeeded(attempt, cancel);
        else await limiter.Failed(attempt, person: null, cancel);
        return right;
    }
}
