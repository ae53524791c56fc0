using Microsoft.EntityFrameworkCore;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Policies.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Approvals;

/// <summary>A new bank has one administrator, and nobody who could approve: when that ends, it ends for good.</summary>
public abstract class FirstAdministratorApprovalTests<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task The_only_administrator_decides_alone_until_there_was_a_second_one_and_never_again()
    {
        var bank = new OfficeWorld<TEngine>();
        await bank.InitializeAsync();
        await using var _ = bank;
        var (clerk, second) = (await Added(bank, "Uma Pillai"), await Added(bank, "Nandini Rao"));

        (await Post(bank, clerk.Id, bank.MgRoad, Role.Custodian)).Approval.ShouldBeNull("there is nobody to approve it");
        var promoted = await Post(bank, second.Id, null, Role.Admin);
        promoted.Approval.ShouldBeNull("the last act of one alone: a second administrator");

        (await Post(bank, clerk.Id, bank.MgRoad, Role.CounterOfficer)).Approval.ShouldNotBeNull();
        (await bank.By(bank.Admin, (SetPolicy set) => set.Handle("AccessPolicy", new("IN", bank.Clock.UtcNow().DateIn("UTC"), new Dictionary<string, System.Text.Json.JsonElement>()), default)).Fine()).Approval.ShouldNotBeNull();

        // Taking the role away from the other one needs nobody, and gains nothing.
        await bank.By(bank.Admin, (EndPosting end) => end.Handle(promoted.Id!.Value, default)).Fine();
        (await Post(bank, clerk.Id, bank.Fort, Role.CounterOfficer)).Approval.ShouldNotBeNull();
        var officer = await bank.Read(db => db.OfficerFacts().SingleAsync(row => row.Id == second.Id));
        await bank.By(bank.Admin, (OfficerLeaves leave) => leave.Handle(second.Id, default), await bank.VersionOf<Officer>(row => row.Id == officer.Id)).Fine();
        (await Post(bank, clerk.Id, bank.Fort, Role.Security)).Approval.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_command_line_gives_a_bank_its_next_administrator()
    {
        var bank = new OfficeWorld<TEngine>();
        await bank.InitializeAsync();
        await using var _ = bank;
        await bank.Officer("Nandini Rao", Role.Admin, null);

        var third = await bank.Officer("Suresh Patil", Role.Admin, null);

        third.MayEverywhere("staff.write").ShouldBeTrue();
    }

    private static Task<OfficerAdded> Added(OfficeWorld<TEngine> bank, string name) =>
        bank.By(bank.Admin, (AddOfficer add) => add.Handle(new(null, new() { Name = name }, $"F-{name[..3]}"), default)).Fine();

    private static Task<OfficerPosted> Post(OfficeWorld<TEngine> bank, OfficerId officer, BranchId? branch, Role role) =>
        bank.By(bank.Admin, (PostOfficer post) => post.Handle(officer, new(branch, role, bank.Today, null), default)).Fine();
}

public sealed class First_administrator_approval_on_sqlite : FirstAdministratorApprovalTests<Sqlite>;

public sealed class First_administrator_approval_on_postgres : FirstAdministratorApprovalTests<Postgres>;
