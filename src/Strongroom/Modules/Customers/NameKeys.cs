using System.Globalization;
using System.Text;

namespace Strongroom.Modules.Customers;

/// <summary>
/// A name is found by its words: whole ones in any order, and the beginning of one. Each word is kept with each other word of the name behind it
/// ("asha rao", "rao asha"), so that one or two words are one range of one index, however many people are called Asha. The same is kept
/// by sound, behind a tilde, for Lakshmi who is written Laxmi.
/// </summary>
internal static class NameKeys
{
    public const int Longest = 120;

    // Of a longer name the first ones are found by: twelve keys, not a hundred.
    private const int MostWords = 5;

    /// <summary>Sorts behind everything that can follow, in the order of bytes.</summary>
    private static readonly string Last = char.ConvertFromUtf32(0x10FFFF);

    /// <summary>Keys from <paramref name="From"/> up to but not including <paramref name="Until"/>.</summary>
    public readonly record struct Range(string From, string Until)
    {
        public static Range StartingWith(string key) => new(key, key + Last);

        public static Range Whole(string key) => new(key, key + "!");
    }

    public static IReadOnlySet<string> Of(string name)
    {
        var words = Words(name).Take(MostWords).ToArray();
        var sounds = words.Select(Sound).Where(sound => sound.Length > 0).Distinct().ToArray();
        return Pairs(words).Concat(Pairs(sounds).Select(pair => "~" + pair)).Select(key => key[..Math.Min(key.Length, Longest)]).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Where the names lie that were meant; two ranges, because either of two words may be the one that is only begun.</summary>
    public static IReadOnlyList<Range> Written(string text) => Words(text) switch
    {
        [] => [],
        [var one] => [Range.StartingWith(one)],
        [var first, var second, ..] => [Range.StartingWith($"{first} {second}"), Range.StartingWith($"{second} {first}")],
    };

    /// <summary>Names that sound alike, by whole words.</summary>
    public static IReadOnlyList<Range> Sounding(string text) => Words(text).Select(Sound).Where(sound => sound.Length > 1).Distinct().ToArray() switch
    {
        [] => [],
        // "! " sorts before any letter and after a blank: the word alone, and the word with another behind it.
        [var one] => [Range.Whole("~" + one)],
        [var first, var second, ..] => [Range.Whole($"~{first} {second}")],
    };

    /// <summary>Words of the text beyond the two that the index knows together; they are looked for in the names found.</summary>
    public static IEnumerable<string> Further(string text) => Words(text).Skip(2);

    public static string[] Words(string text) => PersonName.Fold(text).Split([' ', '.', ',', '(', ')', '~', '!'], StringSplitOptions.RemoveEmptyEntries).Distinct().ToArray();

    private static IEnumerable<string> Pairs(string[] words) => words.Length == 1
        ? words
        : words.SelectMany(_ => words, (one, other) => (one, other)).Where(pair => pair.one != pair.other).Select(pair => $"{pair.one} {pair.other}");

    /// <summary>
    /// How a word of an Indian name sounds, however it was romanised: breath and doubling are left out, look-alikes are one letter, and of the
    /// vowels only the first counts where enough consonants speak. Chaudhari, Choudhury and Chowdhary are one; Rao and Roy are not.
    /// </summary>
    internal static string Sound(string word)
    {
        var bare = new string([.. word.Normalize(NormalizationForm.FormD).Where(c => char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpacingCombiningMark)]);
        if (bare.Any(c => c > 'z')) return bare;
        var consonants = new StringBuilder();
        var spoken = new StringBuilder();
        for (var at = 0; at < bare.Length;)
        {
            if (IsVowel(bare, at))
            {
                var end = at;
                while (end < bare.Length && IsVowel(bare, end)) end++;
                var vowel = Vowel(bare[at..end]);
                // A vowel at the end is heard by nobody: Ram and Rama, Shrivastav and Srivastava.
                if (at == 0 || end < bare.Length || spoken.Length < 2) spoken.Append(vowel);
                if (at == 0) consonants.Append(vowel);
                at = end;
                continue;
            }
            var (letter, length) = Consonant(bare, at);
            if (letter.Length > 0 && (consonants.Length == 0 || consonants[^1] != letter[^1] || IsVowel(bare, at - 1)))
            {
                consonants.Append(letter);
                spoken.Append(letter);
            }
            at += length;
        }
        return consonants.Length >= 3 ? consonants.ToString() : spoken.ToString();
    }

    private static bool IsVowel(string word, int at) => at >= 0 && at < word.Length && (word[at] is 'a' or 'e' or 'i' or 'o' or 'u'
        || (word[at] == 'y' && (at == word.Length - 1 || at > 0 && "aeiou".Contains(word[at - 1])))
        // "Chowdhary", "Rawat": between vowel and consonant a w is the vowel's tail.
        || (word[at] == 'w' && at > 0 && "ao".Contains(word[at - 1]) && (at == word.Length - 1 || !"aeiou".Contains(word[at + 1]))));

    private static char Vowel(string run) => run switch
    {
        ['a', 'i' or 'y', ..] or ['e', ..] or ['i', ..] or ['y', ..] => 'i',
        ['a', 'u' or 'w', ..] or ['o', ..] or ['u', ..] => 'u',
        _ => 'a',
    };

    private static (string Letter, int Length) Consonant(string word, int at)
    {
        var next = at + 1 < word.Length ? word[at + 1] : ' ';
        return (word[at], next) switch
        {
            ('k', 's') => ("ks", 2 + (at + 2 < word.Length && word[at + 2] == 'h' ? 1 : 0)),
            ('p', 'h') => ("f", 2),
            ('c', 'h') => ("c", 2 + (at + 2 < word.Length && word[at + 2] == 'h' ? 1 : 0)),
            ('c', 'e' or 'i') => ("s", 1),
            ('c', _) => ("k", 1),
            ('x', _) => ("ks", 1),
            ('q', _) => ("k", 1),
            ('w', _) => ("v", 1),
            ('z', _) => ("j", 1),
            ('h', _) when at > 0 && !IsVowel(word, at - 1) => ("", 1),
            ('h', ' ') => ("", 1),
            ('y', _) => ("i", 1),
            var (letter, _) => (letter.ToString(), 1),
        };
    }
}
