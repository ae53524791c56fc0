using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Modules.Agreements;
using Strongroom.Tests.Modules.Customers;
using Strongroom.Tests.Support;
using Strongroom.Tests.Web.Account;

namespace Strongroom.Tests.Data;

/// <summary>An open bank whose server is not the owner of its tables, and which notes for whom each account holder's page was fenced.</summary>
public sealed class FencedWorld : BankWorld<PostgresByRole>
{
    internal FenceNotes Notes { get; } = new();

    protected override void Configure(WebApplicationBuilder builder) => builder.Services.AddSingleton<IInterceptor>(Notes);

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }
}

/// <summary>While it listens, asks the connection of each query what the fence says there; and lets the answer to one fence be lost.</summary>
internal sealed class FenceNotes : DbCommandInterceptor
{
    public List<string>? Heard { get; set; }

    public bool LoseNext { get; set; }

    /// <summary>As where a request is given up after the server has done what it was asked.</summary>
    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (!LoseNext || !command.CommandText.Contains("set_config", StringComparison.Ordinal)) return ValueTask.FromResult(result);
        LoseNext = false;
        throw new OperationCanceledException();
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Heard is { } heard && command.CommandText.Contains("FROM agreement", StringComparison.Ordinal))
        {
            await using var ask = new NpgsqlCommand("SELECT coalesce(current_setting('strongroom.holder', true), '')", (NpgsqlConnection)command.Connection!, (NpgsqlTransaction?)command.Transaction);
            heard.Add((string)(await ask.ExecuteScalarAsync(cancellationToken))!);
        }
        return result;
    }
}

/// <summary>What the database itself shows, whatever a query forgot to ask.</summary>
public sealed class FenceTests(FencedWorld world) : IClassFixture<FencedWorld>
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_query_that_forgets_to_ask_whose_it_is_finds_the_holders_own_rows_only()
    {
        var (mine, other) = (await world.NewHire(), await world.NewHire());
        foreach (var hire in new[] { mine, other })
        {
            var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
            await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));
        }

        await Fenced(mine.Hirer, async db =>
        {
            (await db.Set<Agreement>().Select(row => row.Id).ToListAsync()).ShouldBe([mine.Agreement]);
            (await db.Set<AgreementParty>().Select(row => row.Person).ToListAsync()).ShouldBe([mine.Hirer]);
            (await db.Set<Visit>().Select(row => row.Agreement).ToListAsync()).ShouldBe([mine.Agreement]);
            (await db.Set<Agreement>().CountAsync(row => row.Id == other.Agreement)).ShouldBe(0);
        });

        (await world.Read(db => db.Set<Agreement>().CountAsync())).ShouldBeGreaterThanOrEqualTo(2, "the fence is down again, and the same connections serve everybody");
    }

    [Fact]
    public async Task What_is_anothers_can_be_neither_changed_nor_added_to()
    {
        var (mine, other) = (await world.NewHire(), await world.NewHire());
        await Fenced(mine.Hirer, async db =>
        {
            (await db.Database.ExecuteSqlAsync($"UPDATE agreement SET version = version WHERE id = {other.Agreement.Value}")).ShouldBe(0);
            (await db.Database.ExecuteSqlAsync($"UPDATE agreement SET version = version WHERE id = {mine.Agreement.Value}")).ShouldBe(1);
            (await Should.ThrowAsync<PostgresException>(() => db.Database.ExecuteSqlAsync(
                $"INSERT INTO agreement_party (agreement, person, role, position) VALUES ({other.Agreement.Value}, {mine.Hirer.Value}, 'Hirer', 2)"))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        });
    }

    [Fact]
    public async Task Each_fenced_table_has_its_policy_and_the_doctor_sees_that_it_holds()
    {
        (await world.Read(db => Soundness.TablesWithoutFence(db, default))).ShouldBeEmpty();
        foreach (var table in Fence.Tables.Keys)
            (await world.Read(db => db.Database.SqlQueryRaw<int>("SELECT count(*)::int AS \"Value\" FROM pg_policies WHERE tablename = {0} AND cmd = 'ALL'", table).SingleAsync())).ShouldBe(1, table);
    }

    [Fact]
    public async Task The_pages_of_account_holders_are_fenced_and_those_of_officers_are_not()
    {
        var hire = await world.NewHire();
        using var holder = await world.SignIn(await Bank.OpenAccess(hire, $"fenced.{hire.Number}"));
        using var officer = await world.SignIn(Bank.Manager);
        world.Notes.Heard = [];
        try
        {
            await holder.GetStringAsync("/account");
            // The session is read before anybody knows whose it is.
            world.Notes.Heard.Where(said => said.Length > 0).Distinct().ShouldBe([hire.Hirer.ToString()]);
            world.Notes.Heard = [];
            await officer.GetStringAsync("/desk/agreements");
            world.Notes.Heard.Distinct().ShouldBe([""]);
        }
        finally
        {
            world.Notes.Heard = null;
        }
    }

    [Fact]
    public async Task A_connection_that_may_be_fenced_already_serves_nobody_when_the_answer_is_lost()
    {
        var hire = await world.NewHire();
        world.Notes.LoseNext = true;
        await Should.ThrowAsync<OperationCanceledException>(() => Fenced(hire.Hirer, _ => Task.CompletedTask));

        world.Notes.LoseNext.ShouldBeFalse();
        // Whichever of the pool's connections comes.
        for (var time = 0; time < 20; time++)
            (await world.Read(db => db.Database.SqlQueryRaw<string>("SELECT coalesce(current_setting('strongroom.holder', true), '') AS \"Value\"").SingleAsync())).ShouldBeEmpty();
        await Fenced(hire.Hirer, async db => (await db.Set<Agreement>().Select(row => row.Id).ToListAsync()).ShouldBe([hire.Agreement]));
    }

    private Task<int> Fenced(PersonId holder, Func<StrongroomDb, Task> look) => world.Read(async db =>
    {
        await using (await Fence.Of(db, holder, default)) await look(db);
        return 0;
    });
}

public sealed class Account_behind_the_fence(AccountWorld<PostgresByRole> world) : AccountTests<PostgresByRole>(world);

public sealed class Acting_for_behind_the_fence(OpenDayWorld<PostgresByRole> world) : ActingForTests<PostgresByRole>(world);

public sealed class Unfreeze_behind_the_fence(BankWorld<PostgresByRole> world) : UnfreezeTests<PostgresByRole>(world);

public sealed class Own_address_behind_the_fence(TwoBranches<PostgresByRole> bank) : OwnAddressTests<PostgresByRole>(bank);

public sealed class Company_behind_the_fence(OpenDayWorld<PostgresByRole> world) : CompanyTests<PostgresByRole>(world);

public sealed class Drawn_signature_behind_the_fence(OpenDayWorld<PostgresByRole> world) : DrawnSignatureTests<PostgresByRole>(world);
