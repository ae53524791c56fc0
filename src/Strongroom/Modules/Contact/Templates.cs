using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Contact;

/// <summary>One text of the bank to its customers. What stands in braces is filled in.</summary>
/// <param name="Medium">Null for a paragraph that is added to a letter.</param>
internal sealed record Template(string Kind, MessageMedium? Medium, string Language, string Subject, string Body);

/// <summary>
/// The bank's words to its customers, from Texts/*.json: a language is a file. A file that lacks a text, or has a blank that English does not fill, keeps the
/// server from starting. A language that is not here is answered in English.
/// </summary>
internal static partial class Templates
{
    public const string VisitAlert = "visit-alert", DoorAlert = "door-alert", SignInActivated = "sign-in-activated", ComplaintReceived = "complaint-received",
        HoldPlaced = "hold-placed", HoldLifted = "hold-lifted", SignInChanged = "sign-in-changed", SignInAttempted = "sign-in-attempted",
        EmergencyOpened = "emergency-opened";

    private const string Fallback = "en", More = "more";

    private static readonly Lazy<FrozenDictionary<string, Language>> All = new(() => Read().ToFrozenDictionary(language => language.Code));

    public static IReadOnlyList<string> Languages => [.. All.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every text of a language, in the order of its kinds.</summary>
    public static IReadOnlyList<Template> Of(string language) => LanguageOf(language).Texts;

    public static (string Subject, string Body) Write(string kind, MessageMedium medium, string language, Values values) => Fill(kind, medium, language, values);

    /// <summary>What is added to a letter that another happening of the same day began.</summary>
    public static string Paragraph(string kind, string language, Values values) => Fill(kind, null, language, values).Body;

    /// <summary>What fills the blanks, in the language that the text is in.</summary>
    internal sealed record Values(string Addressee, string Locker, string Branch, DateTime At, string Zone)
    {
        /// <summary>Who opened; null where it was the addressee.</summary>
        public string? Operator { get; init; }

        /// <summary>Names of those who are told by way of the addressee.</summary>
        public IReadOnlyList<string> Also { get; init; } = [];

        public string Complaint { get; init; } = "";

        public string Number { get; init; } = "";

        /// <summary>What blocks or blocked the locker. Never a kind that hirers are not told of: no language has words for it.</summary>
        public HoldKind? Hold { get; init; }

        /// <summary>What was changed about how the addressee signs in.</summary>
        public SignInChange? Change { get; init; }

        /// <summary>Which role was taken in an emergency. Only roles that can be: no language has words for the others.</summary>
        public Role? Role { get; init; }

        public int Minutes { get; init; }
    }

    private static (string Subject, string Body) Fill(string kind, MessageMedium? medium, string code, Values values)
    {
        var language = LanguageOf(code);
        var text = language.Texts.Single(each => each.Kind == kind && each.Medium == medium);
        var culture = CultureInfo.GetCultureInfo(language.Culture);
        var local = values.At.InZone(values.Zone);
        var filled = new Dictionary<string, string>
        {
            ["addressee"] = values.Addressee,
            ["locker"] = values.Locker,
            ["branch"] = values.Branch,
            ["operator"] = values.Operator ?? language.Words["you"],
            ["when"] = local.ToString(language.Words["when"], culture),
            ["day"] = local.ToString(language.Words["day"], culture),
            ["short"] = local.ToString(language.Words["short"], culture),
            ["zone"] = Zones.ShortName(values.At, values.Zone),
            ["also"] = values.Also.Count == 0 ? "" : language.Words["also"].Replace("{names}", string.Join(", ", values.Also), StringComparison.Ordinal),
            ["complaint"] = values.Complaint,
            ["number"] = values.Number,
            ["why"] = values.Hold is { } hold ? language.Words[$"hold-{hold}"] : "",
            ["role"] = values.Role is { } role ? language.Words[$"role-{role}"] : "",
            ["minutes"] = values.Minutes.ToString(culture),
            ["what"] = values.Change is { } change ? language.Words[$"changed-{change}"] : "",
        };
        return (Set(text.Subject), Set(text.Body));

        // A value that has braces of its own is not filled again.
        string Set(string words) => Blank().Replace(words, blank => filled[blank.Groups[1].Value]).Replace(" \n", "\n", StringComparison.Ordinal);
    }

    private static Language LanguageOf(string code) => All.Value.GetValueOrDefault(code) ?? All.Value[Fallback];

    private static List<Language> Read()
    {
        var assembly = typeof(Templates).Assembly;
        var languages = assembly.GetManifestResourceNames().Where(name => name.Contains(".Contact.Texts.", StringComparison.Ordinal)).Select(name =>
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            var read = JsonSerializer.Deserialize<TextFile>(file, JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{name} is empty.");
            var code = name.Split('.')[^2];
            return new Language(code, read.Culture, read.Words.ToFrozenDictionary(), [.. from kind in read.Texts
                                                                                           from text in kind.Value
                                                                                           select new Template(kind.Key, text.Key == More ? null : Enum.Parse<MessageMedium>(text.Key, ignoreCase: true), code, text.Value.Subject ?? "", string.Join('\n', text.Value.Body))]);
        }).ToList();

        var english = languages.Single(language => language.Code == Fallback);
        foreach (var language in languages)
        {
            var faults = english.Texts.Where(text => language.Texts.Count(other => (other.Kind, other.Medium) == (text.Kind, text.Medium) && Blanks(other).IsSubsetOf(Blanks(text))) != 1).ToList();
            if (faults.Count > 0 || language.Texts.Count != english.Texts.Count || !english.Words.Keys.ToHashSet().SetEquals(language.Words.Keys))
                throw new InvalidOperationException($"The texts in \"{language.Code}\" and those in English are not the same ones: {string.Join(", ", faults.Select(text => $"{text.Kind} {text.Medium}"))}.");
        }
        return languages;
    }

    private static HashSet<string> Blanks(Template text) => [.. Blank().Matches($"{text.Subject}\n{text.Body}").Select(blank => blank.Groups[1].Value)];

    [GeneratedRegex(@"\{([a-z]+)\}")]
    private static partial Regex Blank();

    private sealed record Language(string Code, string Culture, FrozenDictionary<string, string> Words, IReadOnlyList<Template> Texts);

    private sealed record TextFile(string Culture, Dictionary<string, string> Words, Dictionary<string, Dictionary<string, TextOf>> Texts);

    private sealed record TextOf(string? Subject, IReadOnlyList<string> Body);
}
