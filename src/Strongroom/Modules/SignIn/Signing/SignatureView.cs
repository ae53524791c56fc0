using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Passkeys;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Signing;

internal enum SignatureState { Open, Signed, Used, Expired }

/// <summary>What the panel shows of one signature to one person.</summary>
/// <param name="SignerName">User name of who signed.</param>
/// <param name="Mine">The person who looks may sign it.</param>
/// <param name="Second">It waits for somebody else, whose signature this screen collects.</param>
/// <param name="Options">WebAuthn's request options, in JSON.</param>
internal sealed record SignatureView(
    SignatureId Id, string Words, BranchId? Branch, SignatureState State, string? SignerName, SignatureGrade? Grade, DateTime? SignedAt, DateTime ExpiresAt,
    bool Mine, bool Second, bool PasskeyOnly, string Options);

internal sealed class ViewSignature(StrongroomDb db, CurrentActor current, TimeProvider clock, Seals seals, PublicAddress address)
{
    /// <returns>Null when there is none, or it is no business of this person's.</returns>
    public async Task<SignatureView?> Of(SignatureId id, CancellationToken cancel)
    {
        var (me, now) = (current.Now, clock.UtcNow());
        var row = await db.Set<Signature>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (row is null || !row.Concerns(me, now) || !row.IsOpenTo(me)) return null;
        var signer = await db.Set<User>().AsNoTracking().Where(user => user.Person == row.Signer).Select(user => user.UserName).SingleOrDefaultAsync(cancel);
        var state = row switch
        {
            { UsedAt: not null } => SignatureState.Used,
            _ when row.ExpiresAt <= now => SignatureState.Expired,
            { SignedAt: not null } => SignatureState.Signed,
            _ => SignatureState.Open,
        };
        return new SignatureView(
            id, row.WordsBy(seals), row.Branch, state, signer, row.Grade, row.SignedAt, row.ExpiresAt,
            Mine: row.WhyNot(me, SignatureGrade.Signed, now) is null,
            Second: row.AskedBy == me.Person && row.Wanted != me.Person,
            PasskeyOnly: row.Least == SignatureGrade.Signed,
            address.OptionsFor(row.Challenge, row.ExpiresAt, now));
    }
}
