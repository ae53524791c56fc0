using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Modules.Exchange;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>Registers as chance spoils them, on both databases side by side.</summary>
public sealed class SpoiltRegisterTests : IAsyncLifetime
{
    private readonly World<Sqlite> one = new();
    private readonly World<Postgres> other = new();

    public async ValueTask InitializeAsync()
    {
        await one.InitializeAsync();
        await other.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await other.DisposeAsync();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 6)];

    [Theory, MemberData(nameof(Seeds))]
    public async Task A_spoilt_register_loses_no_row_and_ends_alike_on_both_databases(int seed)
    {
        var register = new SpoiltRegister(seed);
        using var folder = new RegisterFolder();
        foreach (var (name, bytes) in register.Files) await File.WriteAllBytesAsync(folder.At(name), bytes);

        var first = await Import(one, folder);
        first.Sums.ToDictionary(file => file.File, file => file.Rows).ShouldBe(register.Rows, ignoreOrder: true, "A row vanished");
        first.Sums.ShouldAllBe(file => file.Unchanged == 0);
        first.Sums.Sum(file => file.Imported).ShouldBeGreaterThan(0);

        var elsewhere = await Import(other, folder);
        elsewhere.Sums.ShouldBe(first.Sums);
        elsewhere.Problems.ShouldBe(first.Problems);

        foreach (var again in new[] { await Import(one, folder), await Import(other, folder) })
        {
            again.Sums.ShouldAllBe(file => file.Imported == 0);
            again.Sums.Select(file => file.Rejected).ShouldBe(first.Sums.Select(file => file.Rejected));
        }
    }

    [Fact]
    public async Task A_line_of_a_gigabyte_is_one_rejected_row()
    {
        using var folder = new RegisterFolder().Without("hirers.csv").Without("visits.csv").With("lockers.csv", "Branch Code,Locker No,Type\n8900,1,A\n");
        await using (var file = new FileStream(folder.At("lockers.csv"), FileMode.Open))
        {
            // A hole in the file: a gigabyte of zeros that takes no room on the disk.
            file.SetLength(1L << 30);
            file.Seek(0, SeekOrigin.End);
            await file.WriteAsync("\n8900,2,A\n"u8.ToArray());
        }
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var done = await Import(one, folder);
        done.Sums.ShouldBe([new("lockers.csv", 2, 0, 1)]);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(64L << 20);
    }

    private static Task<(IReadOnlyList<FileSums> Sums, List<(string, int, string, ProblemSeverity, string)> Problems)> Import<TEngine>(World<TEngine> world, RegisterFolder folder) where TEngine : IEngine =>
        world.In(async services =>
        {
            var result = await services.GetRequiredService<Importer>().Run(folder.Path, ImportSource.CommandLine, Actor.System, dryRun: false, null, default).Fine();
            var problems = await world.Read(db => (
                from problem in db.Set<ImportProblem>().AsNoTracking()
                join file in db.Set<ImportedFile>() on problem.File equals file.Id
                where file.Import == result.Id!.Value
                select new { file.Name, problem.Line, problem.Column, problem.Severity, problem.Message }).ToListAsync());
            return (result.Files, problems.Select(problem => (problem.Name, problem.Line, problem.Column, problem.Severity, problem.Message)).Order().ToList());
        });
}
