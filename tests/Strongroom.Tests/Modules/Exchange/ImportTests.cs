using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange;
using Strongroom.Modules.Keys;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>The small register of two branches, taken over as a careful clerk would.</summary>
public abstract class ImportTests<TEngine> : World<TEngine> where TEngine : IEngine
{
    private ImportResult result = null!;

    protected override async Task Prepare()
    {
        using var register = new RegisterFolder();
        result = await Import(register);
    }

    private Task<ImportResult> Import(RegisterFolder register, bool dryRun = false, IProgress<ImportProgress>? progress = null) => In(services =>
        services.GetRequiredService<Importer>().Run(register.Path, ImportSource.CommandLine, Actor.System, dryRun, progress, default).Fine());

    private Task<List<ImportProblem>> Problems(ImportId import) => Read(db =>
        (from problem in db.Set<ImportProblem>().AsNoTracking() join file in db.Set<ImportedFile>() on problem.File equals file.Id where file.Import == import orderby problem.Line select problem).ToListAsync());

    private async Task<List<(int Line, ProblemSeverity Severity, string Column)>> ProblemsOf(string file, ImportResult of)
    {
        var id = await Read(db => db.Set<ImportedFile>().Where(row => row.Import == of.Id!.Value && row.Name == file).Select(row => row.Id).SingleAsync());
        return [.. (await Problems(of.Id!.Value)).Where(problem => problem.File == id).Select(problem => (problem.Line, problem.Severity, problem.Column))];
    }

    /// <summary>How many rows each table of nouns has: what an import may change.</summary>
    private Task<int[]> Counts() => Read(async db => new[]
    {
        await db.Set<Branch>().CountAsync(), await db.Set<Vault>().CountAsync(), await db.Set<Cabinet>().CountAsync(), await db.Set<LockerType>().CountAsync(),
        await db.Set<Locker>().CountAsync(), await db.Set<FormerNumber>().CountAsync(), await db.Set<Key>().CountAsync(), await db.Set<Person>().CountAsync(),
        await db.Set<Channel>().CountAsync(), await db.Set<Agreement>().CountAsync(), await db.Set<AgreementParty>().CountAsync(), await db.Set<Hold>().CountAsync(),
        await db.Set<RecordedNominee>().CountAsync(), await db.Set<RegisterEntry>().CountAsync(),
    });

    private Task<LockerFacts> Locker(string branch, string number) => Read(db =>
        (from locker in db.LockerFacts() join office in db.BranchFacts() on locker.Branch equals office.Id where office.Code == branch && locker.Number == number select locker).SingleAsync());

    private Task<AgreementFacts> HireOf(LockerId locker) => Read(db => db.AgreementFacts().SingleAsync(row => row.Locker == locker));

    [Fact]
    public void Every_row_is_imported_or_rejected()
    {
        result.Files.ShouldBe([new("lockers.csv", 10, 0, 4), new("hirers.csv", 6, 0, 3), new("visits.csv", 5, 0, 3)]);
        result.Files.ShouldAllBe(file => file.Rows == file.Imported + file.Unchanged + file.Rejected);
    }

    [Fact]
    public async Task Each_line_in_doubt_is_reported_and_no_other_is_an_error()
    {
        (await ProblemsOf("lockers.csv", result)).Where(one => one.Severity == ProblemSeverity.Error).Select(one => (one.Line, one.Column))
            .ShouldBe([(6, "Type"), (7, "Locker No"), (8, "Size (H x W x D in)"), (15, "Locker No")]);
        (await ProblemsOf("lockers.csv", result)).Where(one => one.Severity == ProblemSeverity.Warning).Select(one => one.Line).Distinct()
            .ShouldBe([4, 5, 9, 10, 11, 12]);
        (await ProblemsOf("hirers.csv", result)).Where(one => one.Severity == ProblemSeverity.Error).Select(one => (one.Line, one.Column))
            .ShouldBe([(7, "Date of Allotment"), (8, "Locker No"), (9, "Hirer Name(s)")]);
        (await ProblemsOf("hirers.csv", result)).Where(one => one.Severity == ProblemSeverity.Warning).Select(one => (one.Line, one.Column)).Distinct().ShouldBe(
            [(2, "Locker No"), (3, "Mobile"), (3, "Locker No"), (4, "Locker No"), (5, "Locker No"), (6, "Locker No"), (10, "Mode of Operation")], ignoreOrder: true);
        (await ProblemsOf("visits.csv", result)).ShouldBe(
        [
            (4, ProblemSeverity.Error, "Date"), (5, ProblemSeverity.Error, "Time Out"), (6, ProblemSeverity.Warning, "Date"),
            (7, ProblemSeverity.Warning, "Time Out"), (7, ProblemSeverity.Warning, "Operated By"), (8, ProblemSeverity.Error, "Date"),
        ], ignoreOrder: true);
    }

    [Fact]
    public async Task Two_lockers_of_one_number_are_two_and_the_printed_number_is_kept()
    {
        var (first, second) = (await Locker("7001", "101"), await Locker("7001", "101/CAB-2"));
        (first.CabinetName, second.CabinetName).ShouldBe(("CAB-1", "CAB-2"));
        (await Read(db => db.FormerNumberFacts().Where(row => row.Locker == second.Id).Select(row => row.Number).SingleAsync())).ShouldBe("101");
        (await HireOf(second.Id)).Mandate.ShouldBe(Mandate.FormerOrSurvivor);
        (await HireOf(first.Id)).Mandate.ShouldBe(Mandate.EitherOrSurvivor);
    }

    [Fact]
    public async Task Joint_hirers_stand_in_their_order_and_the_terms_are_as_recorded()
    {
        var hire = await HireOf((await Locker("7001", "101")).Id);
        var names = await Read(db => (from party in db.PartyFacts() join person in db.PersonFacts() on party.Person equals person.Id where party.Agreement == hire.Id orderby party.Position select person).ToListAsync());
        names.Select(person => person.Name).ShouldBe(["Jyoti Chavan", "Lata Kulkarni"]);
        names[0].AsWritten.ShouldBe("Smt. JYOTI CHAVAN");
        names[0].Cif.ShouldBe("29309252");
        names[0].DueDiligenceReviewOn.ShouldBe(new DateOnly(2035, 11, 12));
        names[1].Cif.ShouldBeNull();
        (hire.StartsOn, hire.SignedOn, hire.RentPaidUntil).ShouldBe((new(2018, 7, 30), new DateOnly(2018, 7, 30), new DateOnly(2027, 3, 31)));
        (hire.YearlyRent, hire.Deposit).ShouldBe((Money.Rupees(1300), Money.Rupees(5000)));
        (await Read(db => db.Set<RecordedNominee>().CountAsync(row => row.Agreement == hire.Id))).ShouldBe(1);
    }

    [Fact]
    public async Task One_customer_number_is_one_person_and_one_name_is_not()
    {
        (await Read(db => db.PersonFacts().CountAsync(person => person.Cif == "29309252"))).ShouldBe(1);
        var elsewhere = await HireOf((await Locker("7002", "1")).Id);
        var person = await Read(db => db.PartyFacts().Where(party => party.Agreement == elsewhere.Id).Select(party => party.Person).SingleAsync());
        (await Read(db => db.PartyFacts().CountAsync(party => party.Person == person))).ShouldBe(2);
        (await Read(db => db.Set<Channel>().CountAsync(channel => channel.Person == person))).ShouldBe(2);
    }

    [Fact]
    public async Task A_number_that_reaches_nobody_is_kept_as_written_and_never_written_to()
    {
        var person = await Read(db => db.PersonFacts().SingleAsync(row => row.Name == "Neha Desai"));
        (await Read(db => db.Set<Channel>().Where(row => row.Person == person.Id).Select(row => row.State).SingleAsync())).ShouldBe(ChannelState.Unreadable);
        (await Read(db => db.ChannelFacts().AnyAsync(row => row.Person == person.Id))).ShouldBeFalse();
        (await Read(db => db.Set<Channel>().CountAsync(row => row.State == ChannelState.Given))).ShouldBe(0);
    }

    [Theory]
    [InlineData("103", HoldKind.Death)]
    [InlineData("104", HoldKind.Court)]
    public async Task A_remark_becomes_a_hold_that_staff_must_confirm(string number, HoldKind kind)
    {
        var hire = await HireOf((await Locker("7001", number)).Id);
        var hold = await Read(db => db.HoldsInForce(Clock.UtcNow()).SingleAsync(row => row.Agreement == hire.Id));
        (hold.Kind, hold.Unconfirmed).ShouldBe((kind, true));
    }

    [Fact]
    public async Task Rented_without_a_readable_hirer_is_neither_vacant_nor_to_be_let()
    {
        (await Locker("7001", "110")).OccupantUnknown.ShouldBeTrue();
        (await Locker("7001", "109")).OccupantUnknown.ShouldBeTrue();
        (await Locker("7001", "111")).OccupantUnknown.ShouldBeFalse();
        var vacant = await In(services => services.GetRequiredService<ReadAgreements>().Vacant(default));
        vacant.Select(locker => locker.Number).ShouldBe(["111"]);
        (await Locker("7001", "108")).Condition.ShouldBe(LockerCondition.UnderRepair);
    }

    [Fact]
    public async Task A_branch_arrives_to_be_set_up()
    {
        var branches = await Read(db => db.BranchFacts().OrderBy(row => row.Code).ToListAsync());
        branches.Select(branch => (branch.Code, branch.Name, branch.Proposed, branch.Hours)).ShouldBe([("7001", "Gandhi Chowk", true, ""), ("7002", "Station Road", true, "")]);
    }

    [Fact]
    public async Task Old_visits_are_kept_without_a_decision()
    {
        var lines = await Read(db => db.Set<RegisterEntry>().AsNoTracking().OrderBy(row => row.Line).ToListAsync());
        lines.Select(line => (line.Line, Known: line.Operator is not null, line.TimeOut)).ShouldBe(
            [(2, true, new TimeOnly(11, 12)), (3, true, new TimeOnly(10, 59)), (6, true, new TimeOnly(11, 58)), (7, false, null), (9, false, new TimeOnly(10, 10))]);
        lines[3].OperatedBy.ShouldNotBeNull();
        lines[4].Agreement.ShouldBeNull();
        (await Read(db => db.Set<Visit>().CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("9876543210")]
    [InlineData("Market Yard")]
    [InlineData("Ritu Jadhav")]
    [InlineData("FD96331453")]
    [InlineData("Mohan the nephew")]
    [InlineData("jyoti@example.in")]
    public async Task What_is_personal_lies_sealed(string canary) =>
        (await Read(db => ClearText.ColumnsWith(db, canary))).ShouldBeEmpty();

    [Fact]
    public async Task Each_save_tells_the_log_what_it_was()
    {
        var events = await Read(db => db.Set<AuditEvent>().Where(row => row.Kind == "exchange.rows-taken").Select(row => row.Body).ToListAsync());
        events.Count.ShouldBe(await Read(db => db.Set<ImportBatch>().CountAsync()) + await Read(db => db.Set<Strongroom.Modules.Exchange.Import>().CountAsync(row => row.Id == result.Id)));
        events.ShouldAllBe(body => body.Length < 65_536);
        var hire = await HireOf((await Locker("7001", "101")).Id);
        (await Read(db => db.Set<AuditSubject>().CountAsync(row => row.Id == hire.Id.Value))).ShouldBe(1);
    }

    [Fact]
    public async Task The_same_folder_again_changes_nothing()
    {
        var before = await Counts();
        using var register = new RegisterFolder();
        var again = await Import(register);
        again.Files.ShouldBe([new("lockers.csv", 0, 10, 4), new("hirers.csv", 0, 6, 3), new("visits.csv", 0, 5, 3)]);
        (await Counts()).ShouldBe(before);
        (await ProblemsOf("visits.csv", again)).Count(one => one.Severity == ProblemSeverity.Error).ShouldBe(3);
    }

    [Fact]
    public async Task A_later_copy_of_the_register_brings_only_what_is_new()
    {
        using var register = new RegisterFolder();
        var visits = await File.ReadAllTextAsync(register.At("visits.csv"));
        register.With("visits.csv", visits.Replace("Time Out,Branch Code", "Time Out,SOL ID", StringComparison.Ordinal) + "2026-11-20,11:00,11:20,7001,103,CAB-1,,Uday Shah,EMP101,\n");
        var later = await Import(register);
        later.Files[2].ShouldBe(new("visits.csv", 1, 6, 2));
        (await Import(new RegisterFolder())).Files[2].Imported.ShouldBe(0);
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_reports_the_same()
    {
        using var bank = new RegisterFolder();
        var (before, events) = (await Counts(), await Read(db => db.Set<AuditEvent>().CountAsync()));
        var dry = await Import(bank, dryRun: true);
        dry.Id.ShouldBeNull();
        dry.Files[0].Unchanged.ShouldBe(10);
        (await Counts()).ShouldBe(before);
        (await Read(db => db.Set<AuditEvent>().CountAsync())).ShouldBe(events);
    }

    [Fact]
    public async Task A_column_nobody_knows_is_named_and_a_missing_one_stops_its_file_alone()
    {
        using var register = new RegisterFolder().With("lockers.csv", "Branch Code,Locker No,Locker Type,Moon phase\n7009,1,A,full\n").With("hirers.csv", "Branch Code,Locker No\n7009,1\n").Without("visits.csv");
        var odd = await Import(register);
        odd.Files.ShouldBe([new("lockers.csv", 1, 0, 0), new("hirers.csv", 0, 0, 1)]);
        odd.Unreadable.ShouldBe(1);
        (await ProblemsOf("lockers.csv", odd)).ShouldContain((1, ProblemSeverity.Error, "Moon phase"));
        (await ProblemsOf("hirers.csv", odd)).ShouldContain((1, ProblemSeverity.Error, "Hirer name"));
    }

    [Fact]
    public async Task A_folder_without_a_register_is_refused()
    {
        using var empty = new RegisterFolder().Without("lockers.csv").Without("hirers.csv").Without("visits.csv");
        await In(services => services.GetRequiredService<Importer>().Run(empty.Path, ImportSource.CommandLine, Actor.System, false, null, default)).RefusedWith(422, "exchange.nothing-to-import");
    }

    [Fact]
    public async Task A_banks_own_types_count_where_it_names_them()
    {
        using var register = new RegisterFolder().With("types.csv", "Type,H,W,D\nQ1,100,200,300\nA,500,500,500\n").With("lockers.csv", "Branch;Locker;Class;Size (mm)\n7010;1;q1;100x200x300\n7010;2;Q1;100x204x300\n").Without("hirers.csv").Without("visits.csv");
        var own = await Import(register);
        own.Files.ShouldBe([new("types.csv", 1, 0, 1), new("lockers.csv", 2, 0, 0)]);
        (await Locker("7010", "2")).Type.ShouldBe("Q1");
        (await ProblemsOf("lockers.csv", own)).Where(one => one.Column == "Size (mm)").ShouldHaveSingleItem().Line.ShouldBe(3);
    }

    [Fact]
    public async Task An_import_that_was_cut_short_goes_on_where_it_stopped()
    {
        var lines = new StringBuilder("Branch,Locker,Type,Status\n");
        for (var number = 1; number <= 2500; number++) lines.Append(System.Globalization.CultureInfo.InvariantCulture, $"7011,{number},A,V\n");
        using var register = new RegisterFolder().With("lockers.csv", lines.ToString()).Without("hirers.csv").With("visits.csv", "Date,Branch,Locker\n2025-01-01,7011,2400\n");
        await Should.ThrowAsync<OperationCanceledException>(() => Import(register, progress: new CutShort(after: 2)));
        var halfway = await Read(db => db.LockerFacts().CountAsync(row => row.Type == "A" && db.BranchFacts().Any(branch => branch.Id == row.Branch && branch.Code == "7011")));
        halfway.ShouldBe(2000);

        var resumed = await Import(register);
        resumed.Files.ShouldBe([new("lockers.csv", 2500, 0, 0), new("visits.csv", 1, 0, 0)]);
        (await Read(db => db.Set<Strongroom.Modules.Exchange.Import>().CountAsync(row => row.Folder == register.Path))).ShouldBe(1);
        (await Import(register)).Files.ShouldBe([new("lockers.csv", 0, 2500, 0), new("visits.csv", 0, 1, 0)]);
    }

    /// <summary>Pulls the plug after so many chunks.</summary>
    private sealed class CutShort(int after) : IProgress<ImportProgress>
    {
        private int reported;

        public void Report(ImportProgress value)
        {
            if (++reported == after) throw new OperationCanceledException();
        }
    }
}

public sealed class Import_on_sqlite : ImportTests<Sqlite>;

public sealed class Import_on_postgres : ImportTests<Postgres>;
