using Strongroom.Data;
using Strongroom.Data.Printing;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Web.Files;

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

/// <summary>Where a register is printed. Each names people: whoever came, held or signed.</summary>
/// <param name="Name">In the log and in the file's name: "visits".</param>
/// <param name="Title">On each sheet.</param>
/// <param name="OfDays">It has entries of days; another one says what stands today.</param>
internal sealed record RegisterAddress(string Path, string Right, string Name, string Title, bool OfDays, Type Register) : FileAddress(Path, Right, Title, Names: true)
{
    public override string ActName => "audit.print-register";

    public override string Form => "PDF";

    public override Task<Outcome<FileToBe>> Prepare(IServiceProvider services, Act act, IQueryCollection asked, CancellationToken cancel) =>
        services.GetRequiredService<PrintRegister>().Prepare(this, AskedRegister.In(asked), act, cancel);
}

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
        routes.MapGet(address.Path, async Task<IResult> (HttpContext http, TakeFile take, CancellationToken cancel) =>
        {
            if (!(await take.Handle(address, http.Request.Query, cancel)).Refused(out var refusal, out var taken)) return taken.Answer(http);
            // Where the days are chosen, or where one says what so many names are for.
            return refusal is NoSuch || !http.Request.IsByReader() ? refusal.ToProblem(http)
                : TypedResults.Redirect(refusal is FileNeedsApproval ? AskForFilePage.For(address, http.Request.Query) : AskedRegister.In(http.Request.Query).PageFor(address, refusal.Code));
        }).RequireAuthorization(address.Right).ExcludeFromDescription();
}
