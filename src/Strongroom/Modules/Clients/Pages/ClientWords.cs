using System.Globalization;

namespace Strongroom.Modules.Clients.Pages;

internal static class ClientWords
{
    /// <param name="branches">Null for the whole bank.</param>
    public static string Where(int? branches) => branches switch
    {
        null => "the whole bank",
        1 => "1 branch",
        { } some => string.Create(CultureInfo.InvariantCulture, $"{some} branches"),
    };
}
