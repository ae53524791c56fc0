using Strongroom.Data.Printing;
using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Web.Lists;

/// <summary>
/// A register as an inspector wants it on paper: the columns of the book, every entry in the order of its happening. As in the file of a list, what is
/// sealed stands in it masked, as on the page. The running numbers are the printer's.
/// </summary>
internal sealed record Register(IReadOnlyList<string> Columns, IReadOnlyList<float> Shares, IReadOnlyList<PaperRow> Rows)
{
    /// <summary>More entries than this are several books.</summary>
    public const int MostRows = 20_000;

    /// <summary>A year that begins on any day.</summary>
    public const int MostDays = 366;

    /// <param name="columns">How wide each is beside the others.</param>
    public static Register Of<T>(IEnumerable<T> rows, params (string Title, float Share, Func<T, string?> Value)[] columns) => Of(
        rows, null, [.. columns.Select(column => (column.Title, column.Share, (Func<T, PaperCell>)(row => new(column.Value(row) ?? ""))))]);

    /// <param name="remark">Who corrected the entry, and why; null for an entry that stands as it was written.</param>
    public static Register Of<T>(IEnumerable<T> rows, Func<T, string?>? remark, params (string Title, float Share, Func<T, PaperCell> Cell)[] columns) => new(
        [.. columns.Select(column => column.Title)], [.. columns.Select(column => column.Share)],
        [.. rows.Select(row => new PaperRow([.. columns.Select(column => column.Cell(row))], remark?.Invoke(row)))]);
}

/// <summary>Local days of the branch, the first and the last included.</summary>
internal sealed record RegisterPeriod(DateOnly From, DateOnly Until)
{
    public (DateTime Begins, DateTime Ends) InUtc(string zone) => (From.ToUtc(TimeOnly.MinValue, zone), Until.AddDays(1).ToUtc(TimeOnly.MinValue, zone));
}

/// <summary>Makes a register's entries: all of the days, oldest first, at most one more than <see cref="Register.MostRows"/>.</summary>
internal interface IRegister
{
    /// <returns>Null when there is no such register for this reader.</returns>
    Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel);
}

/// <summary>Where a register is printed, and with which right.</summary>
/// <param name="Name">In the log and in the file's name: "visits".</param>
/// <param name="Title">On each sheet.</param>
/// <param name="OfDays">It has entries of days; another one says what stands today.</param>
internal sealed record RegisterAddress(string Path, string Right, string Name, string Title, bool OfDays, Type Register);

internal static class Registers
{
    /// <summary>The register as a PDF at an address of its own beside its page, with the page's branch and days.</summary>
    public static IServiceCollection AddRegister<TRegister>(this IServiceCollection services, string path, string right, string name, string title, bool ofDays = true)
        where TRegister : class, IRegister =>
        services.AddScoped<TRegister>().AddSingleton(new RegisterAddress(path, right, name, title, ofDays, typeof(TRegister)));

    public static void MapRegisters(this WebApplication app)
    {
        foreach (var address in app.Services.GetServices<RegisterAddress>()) app.Map(address);
    }

    private static void Map(this IEndpointRouteBuilder routes, RegisterAddress address) =>
        routes.MapGet(address.Path, async (HttpContext http, PrintRegister print, CancellationToken cancel) =>
        {
            var asked = AskedRegister.In(http.Request.Query);
            if ((await print.Handle(address, asked, cancel)).Refused(out var refusal, out var printed))
            {
                // Somebody who reads is led to where the days are chosen; a program reads the refusal as it is.
                return (IResult)(refusal is not NoSuch && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
                    ? TypedResults.Redirect(asked.PageFor(address, refusal.Code))
                    : refusal.ToProblem(http));
            }
            http.Response.Headers.ContentDisposition = $"inline; filename=\"{printed.FileName}\"";
            return TypedResults.Bytes(printed.Pdf, "application/pdf");
        }).RequireAuthorization(address.Right).ExcludeFromDescription();
}
