using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Lab.Demo;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange.Contracts;

namespace Strongroom.Tests.Demo;

/// <summary>Two fillings by one seed: a fifth of the hires, and two weeks of the sixty days.</summary>
public sealed class TwoFillings : IAsyncLifetime
{
    private static readonly Telling Part = new(Seed: 7, new DateOnly(2026, 11, 23), Days: 16, Share: 0.2);

    private readonly string[] folders = [Directory.CreateTempSubdirectory("strongroom-demo-").FullName, Directory.CreateTempSubdirectory("strongroom-demo-").FullName];
    private readonly List<LabBank> banks = [];

    public LabBank One => banks[0];

    public LabBank Other => banks[1];

    public async ValueTask InitializeAsync()
    {
        await Task.WhenAll(folders.Select(folder => DemoVerb.Make(folder, Part, _ => { }, default)));
        banks.AddRange(folders.Select(folder => LabBank.Open(["--data", folder], new VirtualClock(new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero)), seed: 1)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var bank in banks) await bank.DisposeAsync();
        foreach (var folder in folders) Directory.Delete(folder, recursive: true);
    }
}

public sealed class DemoBankTests(TwoFillings two) : IClassFixture<TwoFillings>
{
    [Fact]
    public async Task The_same_seed_makes_the_same_bank()
    {
        (await Visits(two.One)).ShouldBe(await Visits(two.Other));
        (await two.One.Read(db => db.AgreementFacts().OrderBy(hire => hire.Id).Select(hire => hire.Number).ToListAsync()))
            .ShouldBe(await two.Other.Read(db => db.AgreementFacts().OrderBy(hire => hire.Id).Select(hire => hire.Number).ToListAsync()));
    }

    [Fact]
    public async Task The_bank_has_three_branches_of_different_kinds()
    {
        var branches = await two.One.Read(db => db.BranchFacts().OrderBy(row => row.Code).ToListAsync());
        branches.ConvertAll(branch => (branch.Code, branch.LocationClass, branch.Proposed)).ShouldBe(
            [("MGR", LocationClass.Metro, false), ("TAM", LocationClass.Rural, false), ("WAI", LocationClass.SemiUrban, false)]);
        var lockers = await two.One.Read(db => db.LockerFacts().GroupBy(row => row.Branch).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(row => row.Key, row => row.Count));
        branches.ConvertAll(branch => lockers[branch.Id]).ShouldBe([332, 90, 181]);
        (await two.One.Read(db => db.LockerFacts().CountAsync(row => row.Lock == LockKind.Electronic))).ShouldBe(20);
        (await two.One.Read(db => db.VaultFacts().CountAsync(vault => vault.Branch == branches[0].Id && vault.PartyLimit == 3))).ShouldBe(2);
    }

    [Fact]
    public async Task Every_day_is_closed_and_nobody_is_inside()
    {
        (await two.One.Read(db => db.Set<BranchDay>().CountAsync(day => day.ClosedAt == null))).ShouldBe(0);
        (await two.One.Read(db => db.VisitFacts().CountAsync(visit => visit.EndedAt == null))).ShouldBe(0);
        (await two.One.Read(db => db.VaultFacts().SumAsync(vault => vault.PartiesInside))).ShouldBe(0);
        (await two.One.Read(db => db.Set<BranchDay>().CountAsync())).ShouldBeInRange(28, 40);
        (await two.One.Read(db => db.VisitFacts().CountAsync(visit => visit.State == VisitState.Closed))).ShouldBeInRange(15, 60);
    }

    [Fact]
    public async Task A_visitor_finds_a_court_order_at_locker_114_and_doubts_of_the_old_register()
    {
        var held = await two.One.Read(db => (from hold in db.HoldsInForce(two.One.Now)
                                             join hire in db.AgreementFacts() on hold.Agreement equals hire.Id
                                             join locker in db.LockerFacts() on hire.Locker equals locker.Id
                                             select new { locker.Number, hold.Kind, hold.Unconfirmed }).ToListAsync());

        held.ShouldContain(hold => hold.Number == "114" && hold.Kind == HoldKind.Court && !hold.Unconfirmed);
        held.ShouldContain(hold => hold.Kind == HoldKind.Death && hold.Unconfirmed);
        var doubts = await two.One.Read(db => db.OpenWarnings().Select(warning => warning.Message).ToListAsync());
        doubts.ShouldContain(words => words.Contains("occupant unknown"));
        doubts.Count.ShouldBeInRange(10, 60);
    }

    private static Task<List<string>> Visits(LabBank bank) => bank.Read(async db =>
        (await db.VisitFacts().OrderBy(visit => visit.Id).ToListAsync()).ConvertAll(visit => $"{visit.Id} {visit.Locker} {visit.Operator} {visit.State} {visit.ArrivedAt:O}"));
}
