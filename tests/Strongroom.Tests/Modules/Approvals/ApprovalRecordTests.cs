using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Approvals;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>What is stored of a request: sealed, never changed, and known when somebody altered it all the same.</summary>
public abstract class ApprovalRecordTests<TEngine>(ApprovalWorld<TEngine> world) : IClassFixture<ApprovalWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task Requests_and_what_became_of_them_are_never_changed()
    {
        // A row of each table: the triggers guard rows.
        await world.TryApprove(world.Second, await world.Asked(1, about: world.Third.Person)).Fine();

        foreach (var statement in new[] { "UPDATE approval_request SET needed = 0", "DELETE FROM approval_subject", "UPDATE approval_event SET number = 9", "DELETE FROM approval_request" })
            (await Should.ThrowAsync<Exception>(() => world.Read(db => db.Database.ExecuteSqlRawAsync(statement)))).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task What_is_stored_is_sealed()
    {
        var id = await world.AskLater(new("a word that nobody reads", 1), 1).Fine();
        var row = await world.Read(db => db.Set<ApprovalRequest>().AsNoTracking().SingleAsync(row => row.Id == id));
        Encoding.UTF8.GetString([.. row.Payload, .. row.Words]).ShouldNotContain("nobody reads");
        (await world.BodiesOf(id)).ShouldNotContain(body => body.Contains("nobody reads", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_row_that_was_altered_behind_our_back_is_not_what_was_asked()
    {
        var id = await world.Asked(2);
        var row = await world.Read(db => db.Set<ApprovalRequest>().AsNoTracking().SingleAsync(row => row.Id == id));
        var seals = await world.In(services => Task.FromResult(services.GetRequiredService<Seals>()));

        row.IsUnaltered(seals, []).ShouldBeTrue();
        row.IsUnaltered(seals, [world.Third.Person]).ShouldBeFalse();
        Altered(row, row.Id, needed: 1).IsUnaltered(seals, []).ShouldBeFalse();
        Altered(row, new(Guid.NewGuid()), needed: 2).IsUnaltered(seals, []).ShouldBeFalse("what was sealed for one request opens in no other");
    }

    private static ApprovalRequest Altered(ApprovalRequest row, ApprovalId id, int needed) => new()
    {
        Id = id,
        Kind = row.Kind,
        Branch = row.Branch,
        Hash = row.Hash,
        Payload = row.Payload,
        Words = row.Words,
        Bound = row.Bound,
        Maker = row.Maker,
        Needed = needed,
        MadeAt = row.MadeAt,
        ExpiresAt = row.ExpiresAt,
    };
}

public sealed class Records_of_approvals_on_sqlite(ApprovalWorld<Sqlite> world) : ApprovalRecordTests<Sqlite>(world);

public sealed class Records_of_approvals_on_postgres(ApprovalWorld<Postgres> world) : ApprovalRecordTests<Postgres>(world);
