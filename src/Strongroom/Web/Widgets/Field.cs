using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web.Widgets;

/// <summary>What every field of a form shares: its label and hint, its id, its errors and the value to show again.</summary>
public abstract class Field<T> : InputBase<T>
{
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Hint { get; set; }

    /// <summary>Most fields are needed, so it is the optional ones that say so.</summary>
    [Parameter] public bool Optional { get; set; }

    [CascadingParameter] private FormFields? Fields { get; set; }
    [CascadingParameter] private FormMappingContext? Mapping { get; set; }

    /// <summary>Carries the form's name, because two forms on one page may well ask for the same thing.</summary>
    protected string FieldId => FormFields.IdOf(Fields?.FormName, NameAttributeValue);

    /// <summary>What cannot be read breaks every other rule as well; one sentence about it is enough.</summary>
    protected IReadOnlyList<string> Errors => EditContext is null ? []
        : Misread is { } misread ? [misread]
        : [.. EditContext.GetValidationMessages(FieldIdentifier)];

    protected string? Invalid => Errors.Count > 0 ? "true" : null;

    protected string? DescribedBy
    {
        get
        {
            var ids = string.Join(' ', new[] { Hint is null ? null : FieldId + "-hint", Invalid is null ? null : FieldId + "-error" }
                .Where(id => id is not null));
            return ids.Length == 0 ? null : ids;
        }
    }

    /// <summary>A text that could not become a <typeparamref name="T"/> is shown again as it was typed, not lost.</summary>
    protected string? Shown => Attempted ?? CurrentValueAsString;

    private string? Misread => Attempted switch
    {
        null => null,
        "" => $"{Label}: this is needed",
        var text => $"{Label}: “{text}” cannot be understood",
    };

    private string? Attempted =>
        Mapping?.GetErrors(NameAttributeValue) is null ? null : Mapping.GetAttemptedValue(NameAttributeValue);

    protected override void OnInitialized() => Fields?.Register(new FormField(FieldIdentifier, FieldId, () => Misread));

    protected override string? FormatValueAsString(T? value) => Text(value);

    /// <summary>Form values travel in the invariant culture, whatever language the page speaks.</summary>
    protected static string? Text(object? value) => value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    protected override bool TryParseValueFromString(string? value, out T result, [NotNullWhen(false)] out string? validationErrorMessage)
    {
        validationErrorMessage = null;
        if (BindConverter.TryConvertTo(value, CultureInfo.InvariantCulture, out result!))
            return true;
        validationErrorMessage = $"{Label}: “{value}” cannot be understood.";
        return false;
    }
}
