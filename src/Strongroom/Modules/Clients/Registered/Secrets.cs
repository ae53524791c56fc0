using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Strongroom.Data;

namespace Strongroom.Modules.Clients.Registered;

internal static class Secrets
{
    // So that scanners of source code find one that was checked in.
    private const string Prefix = "srk_";

    /// <summary>Adds a new secret to the caller's act.</summary>
    /// <returns>The secret in clear, for its one showing.</returns>
    public static string NewSecret(this StrongroomDb db, Act act, ApiClient client)
    {
        var secret = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        db.Add(new ClientSecret { Id = act.NewId<Noun.ClientSecret>(), Client = client.Id, Hash = Hash(secret), MadeAt = act.Now });
        return secret;
    }

    public static bool Matches(this ClientSecret row, string secret, DateTime now) =>
        CryptographicOperations.FixedTimeEquals(row.Hash, Hash(secret)) && !(row.EndsAt <= now);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
