using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Exchange.Merging;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Exchange;

/// <summary>The small bank with its day open, and what officers do to merge two records of one person.</summary>
public sealed class MergeWorld<TEngine> : BankWorld<TEngine> where TEngine : IEngine
{
    private int lockers;

    public DateOnly Today => Lab.Now.DateIn("Asia/Kolkata");

    protected override async Task Prepare()
    {
        await base.Prepare();
        await Bank.OpenDay();
    }

    /// <summary>A record in good order, as the counter enters one.</summary>
    public async Task<PersonId> Record(string name, string? cif = null, string? email = null, DateOnly? bornOn = null, PersonKind kind = PersonKind.Natural, bool photograph = true)
    {
        var person = (await Lab.Do<RegisterPerson, PersonRegistered>(Bank.Manager.Person, slice => slice.Handle(
            new() { Kind = kind, Name = name, Cif = cif, Email = email, BornOn = bornOn, DueDiligenceReviewOn = Today.AddYears(2) }, default))).Id;
        if (photograph && kind == PersonKind.Natural)
            await Lab.Do<TakePicture, Done>(Bank.Manager.Person, slice => slice.Handle(person, PictureKind.Photograph, Pictures.Small, Today, default), version: 1);
        return person;
    }

    /// <summary>Lets a locker that no other test of the class uses.</summary>
    public async Task<AgreementId> Let(Mandate mandate, params PersonId[] hirers)
    {
        var locker = Bank.Lockers[^++lockers];
        return (await Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(locker, hirers[0], $"M/{lockers}", Today, Today, Today, Today.AddYears(1), hirers[1..], mandate), default))).Id;
    }

    public async Task<Outcome<MergeAsked>> Ask(PersonId stays, PersonId goes, Player? by = null, BranchId? branch = null)
    {
        var (versionOfStays, versionOfGoes) = (await VersionOf(stays), await VersionOf(goes));
        return await Lab.As((by ?? Bank.Manager).Person, services => services.GetRequiredService<MergePersons>()
            .Ask(new(branch ?? Bank.Branch, stays, goes, versionOfStays, versionOfGoes, "Showed the passport, canary-of-the-reason"), default));
    }

    public async Task<MergeAsked> Signed(PersonId stays, PersonId goes)
    {
        var asked = await Task.FromResult(await Ask(stays, goes)).Fine();
        await Joining.Sign(Lab, asked.Signature, Bank.CounterOfficer);
        return asked;
    }

    public Task<Outcome<PersonsMerged>> CarryOut(MergeId id, Player? by = null) =>
        Lab.As((by ?? Bank.Manager).Person, services => services.GetRequiredService<MergePersons>().Handle(id, default));

    public async Task<PersonsMerged> Merge(PersonId stays, PersonId goes) => await CarryOut((await Signed(stays, goes)).Id).Fine();

    public Task<VisitStep> CheckIn(AgreementId hire, PersonId person, params PersonId[] others) =>
        Lab.Do<CheckIn, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Handle(new(hire, person, others), default));

    public Task<Outcome<VisitStep>> TryCheckIn(AgreementId hire, PersonId person) =>
        Lab.As(Bank.CounterOfficer.Person, services => services.GetRequiredService<CheckIn>().Handle(new(hire, person), default));

    public Task<long> VersionOf(PersonId person) => Read(db => db.PersonFacts().Where(row => row.Id == person).Select(row => row.Version).SingleOrDefaultAsync());

    public Task<PersonFacts> Facts(PersonId person) => Read(db => db.PersonFacts().SingleAsync(row => row.Id == person));
}
