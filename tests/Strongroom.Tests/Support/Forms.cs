using System.Net;
using System.Text.RegularExpressions;

namespace Strongroom.Tests.Support;

/// <summary>Fills in the forms of our pages as a browser without script does: what the page hid in the form goes along.</summary>
public static partial class Forms
{
    /// <param name="form">The form's name on the page.</param>
    /// <param name="fields">Names as in the markup, "Input.UserName".</param>
    public static async Task<HttpResponseMessage> PostForm(this HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        return await client.PostFormIn(html, page, form, fields);
    }

    /// <summary>The same with a page that was read before, so that a form can be posted twice.</summary>
    public static async Task<HttpResponseMessage> PostFormIn(
        this HttpClient client, string html, string page, string form, params (string Name, string Value)[] fields)
    {
        var markup = Form().Matches(html).Select(match => match.Value).FirstOrDefault(one => Hidden(one).Contains(("_handler", form)))
            ?? throw new InvalidOperationException($"{page} has no form {form}:\n{html}");
        var given = fields.Select(field => field.Name).ToHashSet();
        var all = Hidden(markup).Where(field => !given.Contains(field.Name)).Concat(fields);
        var address = FormAction().Match(markup) is { Success: true } action ? WebUtility.HtmlDecode(action.Groups[1].Value) : page;
        using var content = new FormUrlEncodedContent(all.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(address, content);
    }

    public const string Token = "__RequestVerificationToken";

    /// <summary>A form of a page, with what is hidden in it.</summary>
    public sealed record Posted(string Name, string Action, bool Files, IReadOnlyList<(string Name, string Value)> Fields)
    {
        /// <summary>As the browser would send it, but for one field.</summary>
        public HttpContent With(string name, string value)
        {
            var all = Fields.Where(field => field.Name != name).Append((Name: name, Value: value));
            if (!Files) return new FormUrlEncodedContent(all.Select(field => KeyValuePair.Create(field.Name, field.Value)));
            var content = new MultipartFormDataContent();
            foreach (var field in all) content.Add(new StringContent(field.Value), field.Name);
            return content;
        }
    }

    /// <summary>The forms of a page that are posted.</summary>
    public static IEnumerable<Posted> PostedBy(string html, string page) =>
        from one in Form().Matches(html)
        let form = one.Value
        let head = form[..form.IndexOf('>', StringComparison.Ordinal)]
        where Attribute(head, "method").Equals("post", StringComparison.OrdinalIgnoreCase)
        let action = Attribute(head, "action")
        let fields = Hidden(form).ToList()
        select new Posted(
            fields.Find(field => field.Name == "_handler").Value ?? action, WebUtility.HtmlDecode(action.Length > 0 ? action : page),
            Attribute(head, "enctype") == "multipart/form-data", fields);

    private static IEnumerable<(string Name, string Value)> Hidden(string form) => HiddenInput().Matches(form)
        .Select(match => (Attribute(match.Value, "name"), WebUtility.HtmlDecode(Attribute(match.Value, "value"))))
        .Where(field => field.Item1.Length > 0);

    private static string Attribute(string tag, string name) => Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input type=\"hidden\"[^>]*>")]
    private static partial Regex HiddenInput();

    [GeneratedRegex("<button[^>]*formaction=\"([^\"]*)\"")]
    private static partial Regex FormAction();
}
