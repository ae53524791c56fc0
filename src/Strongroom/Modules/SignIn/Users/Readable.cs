using System.Security.Cryptography;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>Secrets that people read from paper and type: letters and digits that no eye confuses, in groups. Five bits a character.</summary>
internal static class Readable
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    public static string New(int characters, int group)
    {
        var text = RandomNumberGenerator.GetString(Alphabet, characters);
        return string.Join('-', text.Chunk(group).Select(chunk => new string(chunk)));
    }

    public static string Strip(string? typed) => string.Concat((typed ?? "").Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
