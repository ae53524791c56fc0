using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>R19: all who enter the vault stand in its register, staff too.</summary>
public abstract class VaultRegisterTests<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    [Fact]
    public async Task Staff_and_customers_stand_in_one_register_and_the_day_does_not_close_on_an_officer_inside()
    {
        (await Enter(Bank.Custodian, EntryPurpose.Inspection)).ShouldBe("access.vault-not-open");
        await Bank.OpenDay();
        (await Enter(Bank.Custodian, EntryPurpose.Technician)).ShouldBe("access.who-comes-along");
        (await Enter(Bank.Custodian, EntryPurpose.Technician, "S. Patil, Godrej service")).ShouldBeNull();
        (await Enter(Bank.Custodian, EntryPurpose.Cleaning)).ShouldBe("access.inside-already");
        (await Enter(Bank.Auditor, EntryPurpose.Audit)).ShouldBe("not-found");
        var hire = await NewHire();
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)));
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));

        using var desk = await this.SignIn(Bank.Manager);
        var page = await desk.GetStringAsync("/desk/vault-register");
        page.ShouldContain("S. Patil, Godrej service");
        page.ShouldContain($"Locker {hire.Number}");

        var round = await Bank.LastRound();
        (await Lab.As(Bank.Custodian.Person, async services => (await services.GetRequiredService<CloseDay>().Ask(Bank.Branch, round, default)).Refusal?.Code)).ShouldBe("access.officers-inside");
        var entry = await Read(db => db.Set<VaultEntry>().Select(row => row.Id).SingleAsync());
        (await Leave(Bank.CounterOfficer, entry)).ShouldBe("not-allowed");
        (await Leave(Bank.SecondCustodian, entry)).ShouldBeNull();
        (await Leave(Bank.Custodian, entry)).ShouldBe("access.left-already");
        await Bank.CloseDay();
        (await Enter(Bank.Custodian, EntryPurpose.Inspection)).ShouldBe("access.vault-not-open");
    }

    private Task<string?> Enter(Player officer, EntryPurpose purpose, string? company = null) => Lab.As(officer.Person,
        async services => (await services.GetRequiredService<EnterVault>().Handle(Bank.Vault, new(purpose, company), default)).Refusal?.Code);

    private Task<string?> Leave(Player officer, VaultEntryId entry) => Lab.As(officer.Person,
        async services => (await services.GetRequiredService<LeaveVault>().Handle(entry, default)).Refusal?.Code);
}

public sealed class Vault_register_on_sqlite : VaultRegisterTests<Sqlite>;

public sealed class Vault_register_on_postgres : VaultRegisterTests<Postgres>;
