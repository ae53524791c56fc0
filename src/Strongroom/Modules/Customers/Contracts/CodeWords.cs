using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Customers.Contracts;

/// <summary>A word that a customer has set for the counter: whoever comes in their name must know it.</summary>
public static class CodeWords
{
    internal const string Column = "person.code_word";

    /// <summary>Null when the person has set none.</summary>
    public static async Task<string?> CodeWordOf(this StrongroomDb db, PersonId person, PersonKeyInHand key, CancellationToken cancel) =>
        await db.Set<Person>().Where(row => row.Id == person).Select(row => row.CodeWord).SingleAsync(cancel) is { } word ? key.Open(Column, person.Value, word) : null;

    /// <summary>Spoken words: case and spaces do not count.</summary>
    public static bool Same(string word, string? said) => said is not null && PersonName.Fold(word) == PersonName.Fold(said);
}
