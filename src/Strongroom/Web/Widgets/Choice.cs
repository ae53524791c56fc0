using System.Diagnostics.CodeAnalysis;

namespace Strongroom.Web.Widgets;

/// <summary>
/// What was chosen from a list by its id, or nothing. A form model has this where it could leave a <c>Guid?</c> empty: the framework takes the empty field
/// of such a property for a mistake (dotnet/aspnetcore#68536, mended in .NET 11).
/// </summary>
public readonly record struct Choice(Guid? Id) : IParsable<Choice>
{
    public static Choice Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var choice) ? choice : throw new FormatException($"“{s}” is not an id.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Choice result)
    {
        result = default;
        if (string.IsNullOrEmpty(s)) return true;
        if (!Guid.TryParse(s, out var id)) return false;
        result = new(id);
        return true;
    }

    /// <summary>As it stands in the form.</summary>
    public override string ToString() => Id?.ToString() ?? "";
}
