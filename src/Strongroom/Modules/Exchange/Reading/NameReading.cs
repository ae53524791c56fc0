using System.Globalization;
using System.Text.RegularExpressions;

namespace Strongroom.Modules.Exchange.Reading;

/// <summary>One hirer of a cell.</summary>
/// <param name="Name">Title off, case restored.</param>
/// <param name="AsWritten">As the register has it.</param>
/// <param name="Late">The register writes the person as deceased.</param>
/// <param name="Firm">It is a firm's name rather than a person's.</param>
internal sealed record ReadName(string Name, string AsWritten, bool Late, bool Firm);

/// <summary>Names as registers write them: several in a cell, with titles, in capitals, with relations and remarks.</summary>
internal static partial class NameReading
{
    /// <summary>The hirers of a cell, in their order. What is between them is a slash, an ampersand, a semicolon, a plus, a line break or the word "and".</summary>
    public static IReadOnlyList<ReadName> Hirers(string cell)
    {
        var parts = Between().Split(Relation().Replace(cell, " ")).SelectMany(SplitAtCommas);
        return [.. parts.Select(One).OfType<ReadName>()];
    }

    public static ReadName? One(string text)
    {
        var written = Spaced(text);
        var late = Late().IsMatch(written);
        var name = Late().Replace(written, " ");
        var firm = Firm().IsMatch(name);
        name = Spaced(Ordinal().Replace(name, " ")).Trim('-', '.', ',', ' ');
        while (Title().Match(name) is { Success: true, Length: > 0 } title && title.Length < name.Length) name = name[title.Length..].TrimStart();
        name = Spaced(name.Trim('-', ',', ' '));
        return name.Any(char.IsLetter) && !NoName().IsMatch(name) ? new(Cased(name), written, late, firm) : null;
    }

    /// <summary>How names are compared: for the hirer of a visit, and to propose that two persons are one.</summary>
    public static string Folded(string name) => Spaced(name).Normalize().ToLowerInvariant();

    /// <summary>ANIL CHAVAN and anil chavan become Anil Chavan; a name that somebody wrote in mixed case stays as it is.</summary>
    private static string Cased(string name)
    {
        var letters = name.Where(char.IsLetter).ToList();
        // Initials stand in capitals in any name: A K Rao is no shouting.
        var mixed = letters.Exists(char.IsLower) && letters.Exists(char.IsUpper);
        if (mixed) return string.Join(' ', name.Split(' ').Select(word => word.Length > 2 && word.All(c => !char.IsLower(c)) && word.Any(char.IsLetter) && !word.Contains('.') ? Word(word) : word));
        return string.Join(' ', name.Split(' ').Select(Word));
    }

    private static string Word(string word)
    {
        // D'SOUZA, RAO-PATEL, S.K.: a letter after a mark begins anew. Two capitals without a vowel are initials.
        if (word.Length is 2 && word.All(char.IsLetter) && !word.Any(c => "aeiouyAEIOUY".Contains(c))) return word.ToUpperInvariant();
        var lower = word.ToLowerInvariant().ToCharArray();
        for (var at = 0; at < lower.Length; at++)
        {
            if (at == 0 || lower[at - 1] is '\'' or '’' or '-' or '.') lower[at] = char.ToUpper(lower[at], CultureInfo.InvariantCulture);
        }
        var cased = new string(lower);
        return cased.StartsWith("Mc", StringComparison.Ordinal) && cased.Length > 3 ? $"Mc{char.ToUpperInvariant(cased[2])}{cased[3..]}" : cased;
    }

    // "Asha Rao, Vikram Rao" are two persons; "Rao, Asha" is one.
    private static IEnumerable<string> SplitAtCommas(string part)
    {
        var pieces = part.Split(',');
        return pieces.Length > 1 && pieces.All(piece => Spaced(piece).Contains(' ')) ? pieces : [part.Replace(',', ' ')];
    }

    private static string Spaced(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"\s*(?:/|&|;|\+|\r?\n|\|)\s*|\s+and\s+", RegexOptions.IgnoreCase)]
    private static partial Regex Between();

    // S/o, D/o, W/o, C/o and the name after it, up to the next hirer.
    [GeneratedRegex(@"\b[sdwch]\s?/\s?o\b\.?[^/&;\n]*", RegexOptions.IgnoreCase)]
    private static partial Regex Relation();

    [GeneratedRegex(@"^(?:mr|mrs|ms|miss|master|shri|shree|sri|sree|smt|shrimati|kum|kumari|dr|prof|adv|advocate|er|ca|col|capt|maj|gen|lt|justice|hon|sir|sau|m/s)(?:\.\s*|\s+|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex(@"\(\s*(?:deceased|expired|dead|late|since deceased)\s*\)|\b(?:deceased|expired)\b|^\s*(?:late|lt)\b\.?\s+(?!col|gen|cdr)", RegexOptions.IgnoreCase)]
    private static partial Regex Late();

    [GeneratedRegex(@"^(?:\(?\d+[.)]\s*)")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\bm/s\b|^ms\.?\s.*\b(?:traders|enterprises)\b|\b(?:pvt|ltd|limited|llp|traders|enterprises|industries|trust|co-?op|society|huf|& sons|bros)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Firm();

    [GeneratedRegex(@"^(?:n\.?\s?a\.?|nil|none|unknown|not known|vacant|tbd|xxx+|-+|\?+)$", RegexOptions.IgnoreCase)]
    private static partial Regex NoName();
}
