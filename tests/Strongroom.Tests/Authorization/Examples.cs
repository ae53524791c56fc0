using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Authorization;

/// <summary>One thing of each noun that belongs to one branch, and bodies made of them.</summary>
/// <param name="things">By noun. A noun that is not in it gets an id that nothing has.</param>
internal sealed class Examples(IReadOnlyDictionary<Type, Guid> things)
{
    private static readonly Guid NobodyHas = new("019a0000-0000-7000-8000-00000000dead");

    /// <summary>Ids that nothing has.</summary>
    public static Examples None { get; } = new(new Dictionary<Type, Guid>());

    public bool Has(Type noun) => things.ContainsKey(noun);

    public Guid Of(Type noun) => things.TryGetValue(noun, out var id) ? id : NobodyHas;

    /// <summary>A child under another's parent.</summary>
    public Examples MixedWith(Examples other, Random random) =>
        new(things.Keys.Where(other.Has).ToDictionary(noun => noun, noun => random.Next(2) == 0 ? Of(noun) : other.Of(noun)));

    /// <summary>The smallest value of this type that its annotations let through.</summary>
    public JsonNode? Body(Type type, IEnumerable<Attribute>? annotations = null)
    {
        var rules = annotations?.ToList() ?? [];
        if (Nullable.GetUnderlyingType(type) is { } bare) return rules.OfType<RequiredAttribute>().Any() ? Body(bare, rules) : null;
        if (Noun(type) is { } noun) return Of(noun).ToString();
        if (type == typeof(string)) return Text(rules);
        if (type == typeof(bool)) return true;
        if (type == typeof(int) || type == typeof(long)) return rules.OfType<RangeAttribute>().FirstOrDefault()?.Minimum is int least ? Math.Max(1, least) : 1;
        if (type == typeof(DateOnly)) return "2026-11-24";
        if (type == typeof(TimeOnly)) return "10:00:00";
        if (type == typeof(DateTime)) return "2026-11-23T06:00:00Z";
        if (type == typeof(Guid)) return NobodyHas.ToString();
        if (type.IsEnum) return Enum.GetNames(type)[0];
        if (type == typeof(JsonElement)) return 1;
        if (type.IsAssignableTo(typeof(IDictionary)) || type.Name.Contains("Dictionary", StringComparison.Ordinal)) return new JsonObject();
        if (type != typeof(byte[]) && type.IsAssignableTo(typeof(IEnumerable))) return new JsonArray(Body(type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0]));
        if (type == typeof(byte[])) return "AAAA";

        var made = new JsonObject();
        var nullability = new NullabilityInfoContext();
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetMethod is not null))
        {
            var own = property.GetCustomAttributes().ToList();
            if (nullability.Create(property).ReadState == NullabilityState.Nullable && !own.OfType<RequiredAttribute>().Any()) continue;
            made[JsonNamingPolicy.CamelCase.ConvertName(property.Name)] = Body(property.PropertyType, own);
        }
        return made;
    }

    public static Type? Noun(Type type) =>
        (Nullable.GetUnderlyingType(type) ?? type) is { IsGenericType: true } bare && bare.GetGenericTypeDefinition() == typeof(Id<>) ? bare.GetGenericArguments()[0] : null;

    private static readonly string[] Candidates = ["en", "7777", "AAAA", "a", "A-1", "+919876543210", "someone@example.in", ""];

    private static string Text(List<Attribute> rules)
    {
        if (rules.OfType<EmailAddressAttribute>().Any()) return "someone@example.in";
        if (rules.OfType<RegularExpressionAttribute>().Any()) return Candidates.First(text => rules.OfType<ValidationAttribute>().All(rule => rule.IsValid(text)));
        var least = rules.OfType<StringLengthAttribute>().FirstOrDefault()?.MinimumLength ?? rules.OfType<MinLengthAttribute>().FirstOrDefault()?.Length ?? 1;
        return new string('7', Math.Max(4, least));
    }
}

internal static class ExampleSearch
{
    /// <summary>What hangs on what is known, row by row: a hold on the agreement, the signature of nobody.</summary>
    public static async Task<Examples> ExamplesOf<TEngine>(this World<TEngine> world, Dictionary<Type, Guid> known) where TEngine : IEngine
    {
        var tables = await world.Read(async db =>
        {
            List<(Type Noun, PropertyInfo Key, IReadOnlyList<object> Rows)> found = [];
            foreach (var type in db.Model.GetEntityTypes())
            {
                if (type.FindPrimaryKey() is not { Properties: [{ PropertyInfo: { } key }] } || Examples.Noun(key.PropertyType) is not { } noun) continue;
                found.Add((noun, key, await Rows(db, type.ClrType)));
            }
            return found;
        });
        // What belongs to a person or an officer of the branch is theirs only after everything that belongs to the branch itself.
        for (var before = -1; before != known.Count;)
        {
            before = known.Count;
            foreach (var (noun, key, rows) in tables.Where(table => !known.ContainsKey(table.Noun)))
                if (rows.FirstOrDefault(row => row.GetType().GetProperties().Any(property => property != key && Examples.Noun(property.PropertyType) is { } other
                    && known.TryGetValue(other, out var id) && property.GetValue(row) is { } value && Value(value) == id)) is { } mine)
                    known[noun] = Value(key.GetValue(mine)!);
        }
        return new(known);
    }

    private static Guid Value(object id) => (Guid)id.GetType().GetProperty("Value")!.GetValue(id)!;

    private static Task<IReadOnlyList<object>> Rows(DbContext db, Type type) =>
        (Task<IReadOnlyList<object>>)typeof(ExampleSearch).GetMethod(nameof(RowsOf), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [db])!;

    private static async Task<IReadOnlyList<object>> RowsOf<TRow>(DbContext db) where TRow : class => [.. await db.Set<TRow>().AsNoTracking().ToListAsync()];
}
