using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web;

internal static class FormRefusals
{
    /// <summary>Says a refusal at the field that it is about. False where the form has no such field: the page then says it above the form.</summary>
    public static bool Say(this EditContext form, Refusal refusal)
    {
        if (refusal.Field is null || form.Model.GetType().GetProperty(refusal.Field) is null) return false;
        new ValidationMessageStore(form).Add(form.Field(refusal.Field), $"{refusal.Title} {refusal.Next}");
        form.NotifyValidationStateChanged();
        return true;
    }
}
