using System.Reflection;
using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web;

internal static class RefusalAtField
{
    /// <summary>Says a refusal at the field it is about, and returns null; otherwise returns it, for the page to show above the form.</summary>
    public static Refusal? Show(this EditContext form, Refusal refusal)
    {
        const BindingFlags anyCase = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        if (refusal.Field is not { } name || form.Model.GetType().GetProperty(name, anyCase) is not { } property) return refusal;
        new ValidationMessageStore(form).Add(new FieldIdentifier(form.Model, property.Name), $"{refusal.Title} {refusal.Next}");
        form.NotifyValidationStateChanged();
        return null;
    }
}
