using System.Buffers.Text;
using System.Security.Cryptography;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>What a cookie of ours holds: an id and 32 random bytes, of which the table keeps the hash. Nothing about the person, nothing to decrypt.</summary>
internal readonly record struct Ticket(Guid Id, byte[] Secret)
{
    public static Ticket New(Guid id) => new(id, RandomNumberGenerator.GetBytes(32));

    public byte[] Hash() => SHA256.HashData(Secret);

    public bool Matches(byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash(), hash);

    public override string ToString() => Base64Url.EncodeToString([.. Id.ToByteArray(bigEndian: true), .. Secret]);

    public static Ticket? Parse(string? text)
    {
        Span<byte> bytes = stackalloc byte[48];
        return text is { Length: 64 } && Base64Url.TryDecodeFromChars(text, bytes, out var length) && length == 48
            ? new Ticket(new Guid(bytes[..16], bigEndian: true), bytes[16..].ToArray())
            : null;
    }
}

/// <summary>Two cookies, both of this host alone, out of reach of script, and forgotten with the browser: the session, and the step before it.</summary>
internal static class SessionCookie
{
    public const string Session = "__Host-strongroom", Step = "__Host-strongroom-step";

    // Lax, not Strict: a link in the bank's own e-mail must find the person signed in. Forms carry the antiforgery token besides.
    private static readonly CookieOptions Options = new() { HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };

    public static Ticket? Read(HttpRequest request, string name) => Ticket.Parse(request.Cookies[name]);

    public static void Write(HttpResponse response, string name, string value) => response.Cookies.Append(name, value, Options);

    public static void Remove(HttpResponse response, string name) => response.Cookies.Delete(name, Options);
}
