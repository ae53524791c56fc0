using System.Text;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;

namespace Strongroom.Tests.Modules.SignIn;

public sealed class CanonicalPayloadTests
{
    private enum Colour { Green }

    [Fact]
    public void The_text_of_a_payload_is_pinned()
    {
        var payload = new
        {
            Vault = new VaultId(Guid.Parse("0198a000-0000-7000-8000-000000000001")),
            Day = new DateOnly(2026, 11, 23),
            Keys = new[] { "G-2", "G-1" },
            Note = (string?)null,
            Colour = Colour.Green,
            Count = 2L,
            At = new DateTime(2026, 11, 23, 3, 30, 0, DateTimeKind.Utc),
            Inner = new { B = true, A = "ü<&" },
        };

        Encoding.UTF8.GetString(CanonicalPayload.Encode(payload)).ShouldBe(
            """{"at":"2026-11-23T03:30:00Z","colour":"Green","count":2,"day":"2026-11-23","inner":{"a":"ü<&","b":true},"keys":["G-2","G-1"],"vault":"0198a000-0000-7000-8000-000000000001"}""");
    }

    [Fact]
    public void The_order_of_properties_does_not_matter_and_every_value_does()
    {
        CanonicalPayload.HashOf(new { A = 1, B = 2 }).ShouldBe(CanonicalPayload.HashOf(new { B = 2, A = 1 }));
        CanonicalPayload.HashOf(new { A = 1, B = 2 }).ShouldNotBe(CanonicalPayload.HashOf(new { A = 1, B = 3 }));
        CanonicalPayload.HashOf(new { A = new[] { 1, 2 } }).ShouldNotBe(CanonicalPayload.HashOf(new { A = new[] { 2, 1 } }));
    }

    [Fact]
    public void The_challenge_is_pinned_for_who_verifies_without_us() =>
        Convert.ToHexStringLower(Signature.ChallengeOf(
            new SignatureId(Guid.Parse("0198a000-0000-7000-8000-000000000001")),
            [.. Enumerable.Range(0, 16).Select(i => (byte)i)],
            CanonicalPayload.HashOf(new { A = 1 })))
        .ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData([
            .. "STRONGROOM-SIGN-1"u8, .. Convert.FromHexString("0198a000000070008000000000000001"), .. Enumerable.Range(0, 16).Select(i => (byte)i),
            .. System.Security.Cryptography.SHA256.HashData("""{"a":1}"""u8)])));
}
