using System.Linq.Expressions;
using Microsoft.AspNetCore.Components.Forms;

namespace Strongroom.Web.Widgets;

public static class FieldErrors
{
    /// <summary>Says at a field what only the server could know ("This number belongs to another key").</summary>
    public static void Reject(this EditContext form, Expression<Func<object?>> field, string sentence)
        => form.Reject(FieldIdentifier.Create(field), sentence);

    /// <summary>Says what is wrong with the form as a whole.</summary>
    public static void Reject(this EditContext form, string sentence)
        => form.Reject(new FieldIdentifier(form.Model, ""), sentence);

    private static void Reject(this EditContext form, FieldIdentifier field, string sentence)
    {
        new ValidationMessageStore(form).Add(field, sentence);
        form.NotifyValidationStateChanged();
    }
}
