using System.Globalization;
using Strongroom.Web;

namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>
/// The bank's own OpenID Connect provider, by which officers may sign in (ADR 33): settings under <c>SignIn:Provider</c>, off where there are none.
/// </summary>
/// <param name="Authority">The provider's issuer; its discovery document lies below it.</param>
/// <param name="ClientSecretFile">Holds the secret that we prove ourselves to the provider with, and nothing else.</param>
/// <param name="Name">What officers call it: "Bank Directory".</param>
internal sealed record ProviderSettings(Uri Authority, string ClientId, string ClientSecretFile, string Name)
{
    private const string Section = "SignIn:Provider";
    private const int NameLength = 40;

    private static readonly string[] Understood = ["Authority", "ClientId", "ClientSecretFile", "Name", "Amr", "Acr", "ClockSkewSeconds", "MaxAgeMinutes"];

    /// <summary>Methods that must all stand in the token before the provider's word takes the place of our second factor: "mfa", "otp", "hwk" (RFC 8176).</summary>
    public IReadOnlyList<string> Amr { get; private init; } = [];

    /// <summary>Classes one of which must stand in the token.</summary>
    public IReadOnlyList<string> Acr { get; private init; } = [];

    /// <summary>How far the provider's clock may be from ours.</summary>
    public TimeSpan ClockSkew { get; private init; }

    /// <summary>How long ago the person may have signed in at the provider. Zero: anew for each session here.</summary>
    public TimeSpan MaxAge { get; private init; }

    /// <summary>Null where nothing is set under SignIn:Provider.</summary>
    /// <exception cref="InvalidOperationException">Something is missing or not understood. The server does not start then.</exception>
    public static ProviderSettings? Of(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(Section);
        if (!section.GetChildren().Any()) return null;
        if (Problems(configuration, environment).FirstOrDefault() is { } problem) throw new InvalidOperationException(problem.ToString());
        return new(new Uri(section["Authority"]!), section["ClientId"]!, section["ClientSecretFile"]!, section["Name"]!.Trim())
        {
            Amr = Words(section["Amr"]),
            Acr = Words(section["Acr"]),
            ClockSkew = TimeSpan.FromSeconds(Number(section["ClockSkewSeconds"] ?? "60")!.Value),
            MaxAge = TimeSpan.FromMinutes(Number(section["MaxAgeMinutes"] ?? "0")!.Value),
        };
    }

    public static IEnumerable<StartProblem> Problems(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection(Section);
        if (!section.GetChildren().Any()) yield break;
        foreach (var unknown in section.GetChildren().Select(child => child.Key).Except(Understood, StringComparer.OrdinalIgnoreCase))
            yield return new($"{Section}:{unknown} is no setting.", $"There are {string.Join(", ", Understood)}.");
        foreach (var needed in Understood[..4])
            if (string.IsNullOrWhiteSpace(section[needed]))
                yield return new($"{Section}:{needed} is missing.", $"Sign-in by the bank's provider needs {string.Join(", ", Understood[..4])}; remove all of {Section} to do without it.");
        if (section["Authority"] is { } authority && (!Uri.TryCreate(authority, UriKind.Absolute, out var uri)
            || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Scheme != (environment.IsDevelopment() && uri.IsLoopback ? uri.Scheme : Uri.UriSchemeHttps)))
            yield return new($"{Section}:Authority is “{authority}”.", "Set it to the provider's https address, as its discovery document names the issuer.");
        if (section["ClientSecretFile"] is { } file && WhyUnreadable(file) is { } why)
            yield return new($"{Section}:ClientSecretFile is “{file}”, {why}.", "Put the secret that the provider gave into a file that the server's user can read, and nothing else into it.");
        if (section["Name"]?.Length > NameLength)
            yield return new($"{Section}:Name is longer than {NameLength} characters.", "It stands on a button: “Bank Directory”.");
        if (section["ClockSkewSeconds"] is { } skew && Number(skew) is not (>= 0 and <= 300))
            yield return new($"{Section}:ClockSkewSeconds is “{skew}”.", "It lies between 0 and 300.");
        if (section["MaxAgeMinutes"] is { } age && Number(age) is not (>= 0 and <= 720))
            yield return new($"{Section}:MaxAgeMinutes is “{age}”.", "It lies between 0 (sign in at the provider each time) and 720.");
    }

    private static string? WhyUnreadable(string file)
    {
        try
        {
            return string.IsNullOrWhiteSpace(File.ReadAllText(file)) ? "which is empty" : null;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "which cannot be read";
        }
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string[] Words(string? text) => (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Whether this installation has a provider, and which. Read once: a server with half of one does not start.</summary>
internal sealed class BankProvider(IConfiguration configuration, IHostEnvironment environment)
{
    public ProviderSettings? Settings { get; } = ProviderSettings.Of(configuration, environment);
}
