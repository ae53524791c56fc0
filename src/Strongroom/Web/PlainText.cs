using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Strongroom.Web;

/// <summary>
/// Text in the body of a request to the API. PostgreSQL keeps no text with a zero character in it and breaks when asked for one, and nobody types it;
/// <see cref="PageQuery"/> turns it away where it comes in an address or a form. No converter of strings: the description of the API would lose what is a string.
/// </summary>
internal static class PlainText
{
    /// <summary>For each object that is read: a field with such a text is one that cannot be read.</summary>
    public static void Require(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object) return;
        var texts = type.Properties.Where(property => property.Get is not null && (property.PropertyType == typeof(string) || typeof(IEnumerable<string>).IsAssignableFrom(property.PropertyType))).ToList();
        if (texts.Count == 0) return;
        type.OnDeserialized = read =>
        {
            if (texts.Find(property => HasZero(property.Get!(read))) is { } field) throw new JsonException(message: null, $"$.{field.Name}", lineNumber: null, bytePositionInLine: null);
        };
    }

    private static bool HasZero(object? value) => value switch
    {
        string text => text.Contains('\0'),
        IEnumerable<string> several => several.Any(HasZero),
        _ => false,
    };
}
