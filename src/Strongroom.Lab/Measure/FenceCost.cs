using Microsoft.EntityFrameworkCore;
using Npgsql;
using Strongroom.Data;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>What row-level security costs: the same reads by the server's role, for whom the policies hold, and by the tables' owner, for whom they do not.</summary>
internal sealed class FenceCost
{
    private const string Role = "bench_server";

    private readonly DbContextOptions<PostgresDb> byRole, byOwner;
    private readonly AgreementId hire;
    private readonly PersonId holder;

    private FenceCost(string byRole, string byOwner, AgreementId hire, PersonId holder)
    {
        (this.hire, this.holder) = (hire, holder);
        (this.byRole, this.byOwner) = (Options(byRole), Options(byOwner));
    }

    public static async Task<FenceCost> Make(BenchBank bank, CancellationToken cancel)
    {
        var owner = new NpgsqlConnectionStringBuilder(bank.Connection).ToString();
        await BenchBank.Execute(owner, $"CREATE ROLE {Role} LOGIN", cancel);
        var server = new NpgsqlConnectionStringBuilder(owner) { Username = Role }.ToString();
        await Schema.Migrate(new Settings("", "", server, owner, null), TimeProvider.System.GetUtcNow().UtcDateTime, cancel);
        await using var db = new PostgresDb(Options(owner));
        var party = await db.Set<AgreementParty>().FirstAsync(cancel);
        return new(server, owner, party.Agreement, party.Person);
    }

    /// <summary>As an officer's page reads a hire: nobody's fence is up, but the policies are asked.</summary>
    public async Task Officer(bool fenced)
    {
        await using var db = new PostgresDb(fenced ? byRole : byOwner);
        await Read(db);
    }

    /// <summary>As a holder's request reads: the fence goes up and down again.</summary>
    public async Task Holder(bool fenced)
    {
        if (!fenced)
        {
            await Officer(fenced);
            return;
        }
        await using var db = new PostgresDb(byRole);
        await using (await Fence.Of(db, holder, default)) await Read(db);
    }

    private async Task Read(PostgresDb db)
    {
        await db.Set<Agreement>().AsNoTracking().SingleAsync(row => row.Id == hire);
        await db.Set<AgreementParty>().AsNoTracking().Where(row => row.Agreement == hire).ToListAsync();
        await db.Set<Hold>().AsNoTracking().Where(row => row.Agreement == hire).ToListAsync();
        await db.Set<Visit>().AsNoTracking().Where(row => row.Agreement == hire).OrderByDescending(row => row.ArrivedAt).Take(20).ToListAsync();
    }

    private static DbContextOptions<PostgresDb> Options(string connection)
    {
        var options = new DbContextOptionsBuilder<PostgresDb>();
        DataModule.Postgres(options, connection);
        return options.Options;
    }
}
