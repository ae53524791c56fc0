using Strongroom.AuditLog;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Witnesses;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// Who signs beside the bank, from the configuration: Log:Witnesses:0:Url (the submission prefix) and Log:Witnesses:0:Key (the verifier key), and so on.
/// </summary>
internal sealed class Witnesses
{
    public const string Section = "Log:Witnesses", HttpClient = "witness";

    private Witnesses(IReadOnlyList<WitnessClient> all) => (All, Names) = (all, [.. all.Select(one => one.Key.Name)]);

    public IReadOnlyList<WitnessClient> All { get; }

    public IReadOnlyList<string> Names { get; }

    /// <exception cref="InvalidOperationException">One of them is not understood.</exception>
    public static Witnesses Of(IConfiguration configuration, IHttpClientFactory clients) => new([.. configuration.GetSection(Section).GetChildren().Select(one =>
    {
        try
        {
            var key = VerifierKey.Parse(one["Key"] ?? "");
            if (key.Type != SignatureType.Cosignature) throw new MalformedException("It is a log's key, not a witness's.");
            return new WitnessClient(clients.CreateClient(HttpClient), new Uri(one["Url"] ?? ""), key);
        }
        catch (Exception broken) when (broken is MalformedException or UriFormatException)
        {
            throw new InvalidOperationException($"{one.Path} is not understood: it needs a Url and a Key. {broken.Message}", broken);
        }
    })]);
}
