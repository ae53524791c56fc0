using System.Globalization;

namespace Strongroom.Data;

/// <summary>
/// What a request says about itself: its idempotency key and the version it means to change. Headers from the API
/// (Idempotency-Key, If-Match), hidden fields from a form.
/// </summary>
public sealed record RequestMark(string? Key, long? Version)
{
    public const string KeyField = "_key", VersionField = "_version", KeyHeader = "Idempotency-Key";

    public static RequestMark None { get; } = new(null, null);

    public static async ValueTask<RequestMark> Of(HttpContext? http, CancellationToken cancel)
    {
        if (http is null) return None;
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(cancel);
            return new(Trim(form[KeyField]), Parse(form[VersionField]));
        }
        return new(Trim(http.Request.Headers[KeyHeader]), Parse(http.Request.Headers.IfMatch.ToString().Trim('"')));
    }

    private static string? Trim(string? key) => key?.Trim() is { Length: > 0 and <= IdempotencyRow.KeyLength } given ? given : null;

    private static long? Parse(string? version) =>
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
