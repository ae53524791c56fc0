using System.Numerics;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Clients.Tokens;

/// <summary>
/// The keys of access tokens, made of the bank's own keys (ADR 26): the same on every node and after every start, and kept nowhere. Each version of the
/// bank's key gives a pair; the newest signs, all are good, so that tokens outlive the bank's key being rotated.
/// </summary>
internal sealed class TokenKeys(IServiceProvider services) : IConfigureOptions<OpenIddictServerOptions>
{
    private const string Signing = "strongroom|client-token|sign|1", Encryption = "strongroom|client-token|encrypt|1";

    // The order of the curve's group.
    private static readonly BigInteger Order = new(Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"), isUnsigned: true, isBigEndian: true);

    public void Configure(OpenIddictServerOptions options)
    {
        options.Issuer = services.GetRequiredService<SiteAddress>().Uri;
        foreach (var (version, signing, encryption) in Seeds())
        {
            options.SigningCredentials.Add(new(new ECDsaSecurityKey(KeyOf(signing)) { KeyId = $"s{version}" }, SecurityAlgorithms.EcdsaSha256));
            options.EncryptionCredentials.Add(new(new SymmetricSecurityKey(encryption) { KeyId = $"e{version}" }, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512));
        }
    }

    private List<(int Version, byte[] Signing, byte[] Encryption)> Seeds()
    {
        try
        {
            var ring = services.GetRequiredService<KeyRing>();
            return [.. ring.Versions.Select(version => (version, ring.Derive(version, Signing, 48), ring.Derive(version, Encryption, 32)))];
        }
        catch (KeyRingException)
        {
            // A server whose keys do not open answers the probes, which say so; it can neither read a client nor give a token that is good after it.
            return [(0, RandomNumberGenerator.GetBytes(48), RandomNumberGenerator.GetBytes(32))];
        }
    }

    /// <summary>FIPS 186-5, A.2.1: 384 bits reduced modulo the order less one leave no bias worth the name.</summary>
    internal static ECDsa KeyOf(byte[] seed)
    {
        var secret = BigInteger.Remainder(new(seed, isUnsigned: true, isBigEndian: true), Order - 1) + 1;
        var bytes = secret.ToByteArray(isUnsigned: true, isBigEndian: true);
        byte[] scalar = [.. new byte[32 - bytes.Length], .. bytes];
        return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
    }
}
