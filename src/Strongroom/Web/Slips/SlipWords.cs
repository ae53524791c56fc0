using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;

namespace Strongroom.Web.Slips;

internal enum SlipOutcome { Opened, Open, Refused, NotOpened, GoingOn }

/// <summary>The words of a visit slip in one language: a language is a file. One that lacks a word is not read. Who speaks another is answered in English.</summary>
internal sealed record SlipWords
{
    private const string Fallback = "en";

    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, Converters = { new JsonStringEnumConverter() } };

    private static readonly Lazy<FrozenDictionary<string, SlipWords>> All = new(() => Read().ToFrozenDictionary());

    public static SlipWords In(string language) => All.Value.GetValueOrDefault(language) ?? All.Value[Fallback];

    public static IReadOnlyCollection<string> Languages => All.Value.Keys;

    public required string Culture { get; init; }
    public required string Title { get; init; }
    public required string Head { get; init; }
    public required string Number { get; init; }
    public required string NumberOf { get; init; }
    public required string PaperSlip { get; init; }
    public required string Branch { get; init; }
    public required string Locker { get; init; }
    public required string Agreement { get; init; }
    public required string CameAs { get; init; }
    public required string With { get; init; }
    public required string Hirer { get; init; }
    public required string Signatory { get; init; }
    public required string Agent { get; init; }
    public required string Identified { get; init; }
    public required string Signed { get; init; }
    public required string Decision { get; init; }
    public required string ServedBy { get; init; }
    public required string Nobody { get; init; }
    public required string NotThatFar { get; init; }
    public required string Arrived { get; init; }
    public required string Admitted { get; init; }
    public required string Opened { get; init; }
    public required string Locked { get; init; }
    public required string Left { get; init; }
    public required string Outcome { get; init; }
    public required string OfYear { get; init; }
    public required string OfYearIs { get; init; }
    public required string BeyondFree { get; init; }
    public required string Page { get; init; }
    public required string Complain { get; init; }
    public required string ComplainAtBranch { get; init; }
    public required string Proof { get; init; }
    public required string Foot { get; init; }
    public required string Pages { get; init; }
    public required IReadOnlyDictionary<IdentityCheck, string> Checks { get; init; }
    public required IReadOnlyDictionary<OperatorSign, string> Signs { get; init; }
    public required IReadOnlyDictionary<Answer, string> Decided { get; init; }
    public required IReadOnlyDictionary<SlipOutcome, string> Outcomes { get; init; }

    private static IEnumerable<KeyValuePair<string, SlipWords>> Read()
    {
        var assembly = typeof(SlipWords).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Web.Slips.", StringComparison.Ordinal)))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            yield return new(name.Split('.')[^2], JsonSerializer.Deserialize<SlipWords>(file, Form) ?? throw new InvalidOperationException($"{name} is empty."));
        }
    }
}
