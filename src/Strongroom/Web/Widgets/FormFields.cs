using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web.Widgets;

/// <summary>The fields of one form in the order they stand, so that the error summary can link to each.</summary>
internal sealed class FormFields(string formName)
{
    private readonly List<(FieldIdentifier Field, string Id)> _fields = [];

    public string FormName => formName;
    public IReadOnlyList<(FieldIdentifier Field, string Id)> All => _fields;

    public void Register(FieldIdentifier field, string id) => _fields.Add((field, id));

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
