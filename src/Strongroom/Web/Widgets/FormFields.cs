using System.Reflection;
using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web.Widgets;

/// <summary>The fields of one form in the order they stand, so that the error summary can link to each.</summary>
internal sealed class FormFields(string formName)
{
    private readonly List<FormField> _fields = [];

    public string FormName => formName;
    public IReadOnlyList<FormField> All => _fields;

    public void Register(FormField field) => _fields.Add(field);

    /// <summary>
    /// A browser posts an empty text for a field that was left alone. Where a property may be null, null says so;
    /// otherwise an optional e-mail address would be refused for not being one.
    /// </summary>
    public void ForgetEmptyText()
    {
        var nullability = new NullabilityInfoContext();
        foreach (var (model, name) in _fields.Select(field => (field.Identifier.Model, field.Identifier.FieldName)))
        {
            if (model.GetType().GetProperty(name) is { CanWrite: true } property
                && property.GetValue(model) is string text
                && string.IsNullOrWhiteSpace(text)
                && nullability.Create(property).WriteState == NullabilityState.Nullable)
            {
                property.SetValue(model, null);
            }
        }
    }

    public static string IdOf(string? formName, string name)
    {
        var raw = formName is null ? name : $"{formName}-{name}";
        return string.Create(raw.Length, raw, static (id, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                id[i] = char.IsLetterOrDigit(text[i]) ? char.ToLowerInvariant(text[i]) : '-';
        });
    }
}

/// <param name="Misread">The sentence for a text that could not become the field's type; null when it could.</param>
internal sealed record FormField(FieldIdentifier Identifier, string Id, Func<string?> Misread);
