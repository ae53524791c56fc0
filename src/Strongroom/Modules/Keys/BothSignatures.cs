using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Keys;

internal static class BothSignatures
{
    /// <summary>Whether both questions of a page's address are signed and not used yet: only then is there a button to carry out.</summary>
    public static async Task<bool> BothSigned(this StrongroomDb db, Guid? gives, Guid? takes)
    {
        if (gives is not { } one || takes is not { } other || one == other) return false;
        SignatureId[] both = [new(one), new(other)];
        return await Signatures.Facts(db).CountAsync(row => both.Contains(row.Id) && row.SignedAt != null && row.UsedAt == null) == both.Length;
    }
}
