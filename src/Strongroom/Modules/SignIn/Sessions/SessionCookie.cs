using System.Buffers.Text;
using System.Security.Cryptography;
using Strongroom.Web;

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

/// <summary>A cookie of this host alone, out of script's reach, and forgotten with the browser.</summary>
internal sealed class SessionCookie
{
    private readonly CookieBuilder builder = new();

    // Lax, not Strict: a link in the bank's own e-mail must find the person signed in. Forms carry the antiforgery token besides.
    public SessionCookie(string name, IHostEnvironment environment)
    {
        builder.OfThisHost(name, environment);
        builder.SameSite = SameSiteMode.Lax;
        builder.IsEssential = true;
    }

    public string? Read(HttpContext http) => http.Request.Cookies[builder.Name!];

    public void Write(HttpContext http, string value) => http.Response.Cookies.Append(builder.Name!, value, builder.Build(http));

    public void Remove(HttpContext http) => http.Response.Cookies.Delete(builder.Name!, builder.Build(http));
}

/// <summary>The session, and the step between password and code.</summary>
internal sealed class SessionCookies(IHostEnvironment environment)
{
    public SessionCookie Session { get; } = new("strongroom", environment);

    public SessionCookie Step { get; } = new("strongroom-step", environment);
}
