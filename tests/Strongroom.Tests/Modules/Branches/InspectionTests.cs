using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Branches;

public abstract class InspectionTests<TEngine>(OfficeWorld<TEngine> bank) : IClassFixture<OfficeWorld<TEngine>> where TEngine : IEngine
{
    [Fact]
    public async Task What_was_never_inspected_is_due_and_an_inspection_moves_the_date_by_the_policy()
    {
        (await Of(InspectionKind.Cameras)).ShouldBe(new(bank.Vault, "Vault 1", InspectionKind.Cameras, null, null, null, null, null, Due: true));

        await Record(bank.Custodian, InspectionKind.Cameras, -30, InspectionResult.Passed, "Bosch").Fine();
        (await Of(InspectionKind.Cameras)).Due.ShouldBeTrue("thirty days are over today");
        var recorded = await Record(bank.Manager, InspectionKind.Cameras, -29, InspectionResult.Defects).Fine();

        (await Of(InspectionKind.Cameras)).ShouldBe(new(
            bank.Vault, "Vault 1", InspectionKind.Cameras, bank.Today.AddDays(-29), InspectionResult.Defects, null, bank.Manager.Person, bank.Today.AddDays(1), Due: false));
        (await bank.LastEvent(recorded.Id)).ShouldContain("branches.vault-inspected");
    }

    [Fact]
    public async Task An_inspection_that_failed_is_due_again_at_once()
    {
        await Record(bank.Custodian, InspectionKind.FireAlarm, 0, InspectionResult.Failed).Fine();

        var line = await Of(InspectionKind.FireAlarm);
        (line.DueOn, line.Due).ShouldBe((bank.Today, true));
    }

    [Fact]
    public async Task Who_may_not_inspect_records_nothing_and_nobody_records_tomorrow()
    {
        (await Record(bank.Custodian, InspectionKind.VaultDoor, 1, InspectionResult.Passed).RefusedWith(422, "branches.inspection-in-future")).Field.ShouldBe("doneOn");
        await Record(bank.Counter, InspectionKind.VaultDoor, 0, InspectionResult.Passed).RefusedWith(403, "not-allowed");
        await Record(bank.ManagerOfFort, InspectionKind.VaultDoor, 0, InspectionResult.Passed).RefusedWith(404, "not-found");
        (await bank.By(bank.ManagerOfFort, (ReadInspections read) => read.Of(bank.MgRoad, default))).ShouldBeNull();
    }

    private async Task<InspectionLine> Of(InspectionKind kind) =>
        (await bank.By(bank.Manager, (ReadInspections read) => read.Of(bank.MgRoad, default)))!.Single(line => line.Kind == kind);

    private Task<Outcome<InspectionRecorded>> Record(Actor by, InspectionKind kind, int days, InspectionResult result, string? firm = null) =>
        bank.By(by, (RecordInspection record) => record.Handle(bank.Vault, new(kind, bank.Today.AddDays(days), result, firm), default));
}

public sealed class Inspections_on_sqlite(OfficeWorld<Sqlite> bank) : InspectionTests<Sqlite>(bank);

public sealed class Inspections_on_postgres(OfficeWorld<Postgres> bank) : InspectionTests<Postgres>(bank);
