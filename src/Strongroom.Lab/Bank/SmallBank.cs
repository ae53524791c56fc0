using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Hours;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Modules.Branches.Vaults;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Bank;

/// <summary>One hire: a locker, its hirer, its agreement.</summary>
public sealed record Hire(PersonId Hirer, string Name, LockerId Locker, string Number, AgreementId Agreement);

/// <summary>
/// The smallest bank that can serve a visit, set up through the front door: one branch with one vault, four officers, a guard key in the safe.
/// The tests and the bench begin with it; the demo bank is larger, and made by Demo/Story.
/// </summary>
public sealed class SmallBank : IStaffedBranch
{
    public const string Password = "a vault of one's own";

    private readonly string zone, code, name;

    private SmallBank(LabBank lab, string zone, string code, string name) => (Lab, this.zone, this.code, this.name) = (lab, zone, code, name);

    public LabBank Lab { get; }

    public BranchId Branch { get; private set; }

    public VaultId Vault { get; private set; }

    public IReadOnlyList<LockerId> Lockers { get; private set; } = [];

    public Player Admin { get; private set; } = null!;

    public Player Manager { get; private set; } = null!;

    public Player Custodian { get; private set; } = null!;

    public Player SecondCustodian { get; private set; } = null!;

    public Player CounterOfficer { get; private set; } = null!;

    public Player Auditor { get; private set; } = null!;

    public static async Task<SmallBank> SetUp(LabBank lab, string zone = "Asia/Kolkata")
    {
        var bank = new SmallBank(lab, zone, "MGR", "MG Road");
        bank.Admin = await bank.Enlist("Kavita Menon", "admin", "HO-1", Role.Admin, null);
        await lab.Do<UseUsualTypes, UsualTypesAdded>(bank.Admin.Person, slice => slice.Handle(default));
        await bank.BuildBranch();
        bank.Manager = await bank.Enlist("Meera Iyer", "manager", "E-101", Role.Manager, bank.code);
        bank.Custodian = await bank.Enlist("Ravi Kulkarni", "custodian", "E-102", Role.Custodian, bank.code);
        bank.SecondCustodian = await bank.Enlist("Lata Nair", "custodian2", "E-103", Role.Custodian, bank.code);
        bank.CounterOfficer = await bank.Enlist("Imran Shaikh", "counter", "E-104", Role.CounterOfficer, bank.code);
        bank.Auditor = await bank.Enlist("Joseph Thomas", "auditor", "HO-9", Role.Auditor, null);
        await bank.BringGuardKey();
        return bank;
    }

    /// <summary>A second branch of the same bank, with a vault and officers of its own; administrator and auditor are the bank's.</summary>
    public static async Task<SmallBank> SetUpBeside(SmallBank first, string code, string name)
    {
        var bank = new SmallBank(first.Lab, first.zone, code, name) { Admin = first.Admin, Auditor = first.Auditor };
        await bank.BuildBranch();
        bank.Manager = await bank.Enlist("Nisha Rao", $"manager.{code}", $"{code}-1", Role.Manager, code);
        bank.Custodian = await bank.Enlist("Anand Pillai", $"custodian.{code}", $"{code}-2", Role.Custodian, code);
        bank.SecondCustodian = await bank.Enlist("Sunita Das", $"custodian2.{code}", $"{code}-3", Role.Custodian, code);
        bank.CounterOfficer = await bank.Enlist("George Mathew", $"counter.{code}", $"{code}-4", Role.CounterOfficer, code);
        await bank.BringGuardKey();
        return bank;
    }

    private Task<KeyRegistered> BringGuardKey() => Lab.Do<RegisterGuardKey, KeyRegistered>(Manager.Person, slice => slice.Handle(new(Vault, "G-1"), default));

    /// <summary>An officer with a password and an authenticator, as after their first day.</summary>
    internal async Task<Player> Enlist(string name, string userName, string staffNumber, Role role, string? branch)
    {
        var enlisted = await Lab.Do<EnlistOfficer, OfficerEnlisted>(null, slice => slice.Handle(new(name, userName, staffNumber, role, branch), default));
        return await Joining.Activate(Lab, enlisted.Person, name, enlisted.Invitation);
    }

    private async Task BuildBranch()
    {
        var admin = Admin.Person;
        Branch = (await Lab.Do<OpenBranch, BranchOpened>(admin, slice =>
            slice.Handle(new(code, name, zone, "IN", LocationClass.Metro), default))).Id;
        var weekday = new DayHours(new(10, 0), new(16, 0));
        var days = Enum.GetValues<DayOfWeek>().Where(day => day != DayOfWeek.Sunday)
            .ToDictionary(day => day, day => day == DayOfWeek.Saturday ? weekday with { Closes = new(13, 0) } : weekday);
        await Lab.Do<SetHours, Done>(admin, slice => slice.Handle(Branch, new(days), default), version: 1);
        Vault = (await Lab.Do<AddVault, VaultAdded>(admin, slice => slice.Handle(Branch, new("Vault 1", PartyLimit: 2), default))).Id;
        var cabinet = (await Lab.Do<AddCabinet, CabinetAdded>(admin, slice => slice.Handle(Vault, new("Cabinet A", "Godrej", "DL-20"), default))).Id;
        var type = await Lab.Read(db => db.Set<LockerType>().Where(row => row.Code == "B").Select(row => row.Id).SingleAsync());
        Lockers = (await Lab.Do<AddLockers, LockersAdded>(admin, slice => slice.Handle(cabinet, new(type, LockKind.Mechanical, "101", 24, 1, 1, 6), default))).Ids;
    }

    /// <summary>A new hirer with all papers in order, at the given locker.</summary>
    public async Task<Hire> LetTo(string name, int locker, string? email = null, byte[]? portrait = null)
    {
        var today = Lab.Now.DateIn(zone);
        var (manager, id) = (Manager.Person, Lockers[locker]);
        var number = await Lab.Read(db => db.LockerFacts().Where(row => row.Id == id).Select(row => row.Number).SingleAsync());
        var person = (await Lab.Do<RegisterPerson, PersonRegistered>(manager, slice => slice.Handle(new() { Name = name, Cif = $"29{locker:000000}{(code == "MGR" ? "" : code)}" }, default))).Id;
        await Lab.Do<RecordDueDiligence, Done>(manager, slice => slice.Handle(person, new(today.AddYears(2)), default), version: await Version(person));
        if (email is not null) await Lab.Do<AddChannel, ChannelAdded>(manager, slice => slice.Handle(person, new(ChannelKind.Email, email), default));
        if (portrait is not null)
            await Lab.Do<TakePicture, Done>(manager, slice => slice.Handle(person, PictureKind.Photograph, portrait, today, default), version: await Version(person));
        var agreement = (await Lab.Do<MakeAgreement, AgreementMade>(manager, slice => slice.Handle(
            new(id, person, $"{code}/{number}", today, today, today, today.AddYears(1).AddDays(-1)), default))).Id;
        await Lab.Do<RegisterHirerKey, KeyRegistered>(manager, slice => slice.Handle(new(id, $"{number}/1", Embossed: true), default));
        return new(person, name, id, number, agreement);
    }

    /// <summary>Online access for a hirer, both halves of the code in their hands.</summary>
    public Task<Player> OpenAccess(Hire hire, string userName) => Joining.OpenAccess(Lab, Manager, hire.Hirer, hire.Name, userName);

    private Task<long> Version(PersonId person) => Lab.Read(db => db.PersonFacts().Where(row => row.Id == person).Select(row => row.Version).SingleAsync());
}
