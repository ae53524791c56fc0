using Microsoft.EntityFrameworkCore;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Nominations;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Keys;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>How a branch's lockers come to their hirers: each by the handlers that the counter's pages call.</summary>
internal sealed class Hiring(DemoBranch branch, People people, Chance chance, IReadOnlyList<byte[]> faces)
{
    private static readonly string[] Kin = ["Daughter", "Son", "Wife", "Husband", "Brother", "Sister", "Niece"];

    private readonly LabBank lab = branch.Lab;
    private readonly PersonId counter = branch.CounterOfficer.Person;

    private DateOnly Today => lab.Now.DateIn(BranchPlans.Zone);

    /// <summary>Lets so many of the branch's lockers as its plan says, here and there.</summary>
    /// <param name="share">Of that number.</param>
    /// <param name="kept">Numbers that the story lets itself.</param>
    public async Task LetMost(double share, params string[] kept)
    {
        var lockers = await lab.Read(db => db.LockerFacts().Where(row => row.Branch == branch.Branch && !kept.Contains(row.Number)).OrderBy(row => row.Id).ToArrayAsync());
        var wanted = (int)Math.Round((lockers.Length + kept.Length) * branch.Plan.Occupancy * share) - branch.Lettings.Count;
        chance.Shuffle(lockers);
        foreach (var locker in lockers.Take(wanted)) await LetToSomebody(locker);
    }

    public async Task<Letting> LetToSomebody(LockerFacts locker)
    {
        var count = chance.In(branch.Plan.Joint) ? chance.By((0.84, 2), (0.13, 3), (0, 4)) : 1;
        var (family, names) = (people.FamilyName(), new List<string>());
        for (var at = 0; at < count; at++) names.Add(people.Relative(chance.In(0.85) ? family : people.FamilyName(), names));
        var mandate = count switch
        {
            1 => Mandate.Single,
            2 => chance.By((0.5, Mandate.EitherOrSurvivor), (0.2, Mandate.Jointly), (0.15, Mandate.FormerOrSurvivor), (0, Mandate.LatterOrSurvivor)),
            _ => chance.By((0.6, Mandate.AnyoneOrSurvivor), (0, Mandate.Jointly)),
        };
        var hirers = new List<PersonId>();
        var doubtful = false;
        foreach (var name in names)
        {
            // The first-named came to the counter to sign; of the others many sent their papers.
            var photographed = chance.In(branch.Plan.Photographed * (hirers.Count == 0 ? 1 : 0.6));
            var overdue = chance.In(0.04);
            doubtful |= !photographed || overdue;
            hirers.Add(await Register(people.One(name, Today, Today.AddDays(overdue ? chance.Between(5, 50) : chance.Between(80, 3_000))), photographed));
        }
        var (unpaid, uncopied, plain) = (chance.In(0.06), chance.In(0.05), chance.In(0.1));
        var letting = await Let(locker, hirers, mandate, paid: !unpaid, copied: !uncopied, embossed: !plain, doubtful || unpaid || uncopied || plain, chance.VisitsAYear());
        if (chance.In(0.8)) await Nominate(letting.Agreement, family);
        return letting;
    }

    public async Task<Letting> Let(
        LockerFacts locker, IReadOnlyList<PersonId> hirers, Mandate mandate, bool paid = true, bool copied = true, bool embossed = true, bool doubtful = false, double visits = 3)
    {
        var began = Today.AddDays(-chance.Between(30, 4_000));
        var year = new DateOnly(Today.Month < 4 ? Today.Year : Today.Year + 1, 3, 31);
        var made = await lab.Do<MakeAgreement, AgreementMade>(branch.Manager.Person, slice => slice.Handle(
            new(locker.Id, hirers[0], $"{branch.Plan.Code}/{locker.Number}", began, began, copied ? began : null, paid ? year : year.AddYears(-1),
                [.. hirers.Skip(1)], mandate), default));
        if (locker.Lock == LockKind.Mechanical)
            await lab.Do<RegisterHirerKey, KeyRegistered>(branch.Manager.Person, slice => slice.Handle(new(locker.Id, $"{locker.Number}/1", embossed), default));
        var letting = new Letting(made.Id, locker.Id, locker.Number, mandate, hirers, doubtful || locker.Lock == LockKind.Electronic, visits);
        branch.Lettings.Add(letting);
        return letting;
    }

    public async Task<PersonId> Register(NewPerson person, bool photographed)
    {
        var id = (await lab.Do<RegisterPerson, PersonRegistered>(counter, slice => slice.Handle(person, default))).Id;
        if (photographed) await Photograph(id, Today.AddDays(-chance.Between(0, 1_400)), version: 1);
        return id;
    }

    public Task<Done> Photograph(PersonId person, DateOnly on, long version) =>
        lab.Do<TakePicture, Done>(counter, slice => slice.Handle(person, PictureKind.Photograph, chance.Of(faces), on, default), version);

    /// <summary>Of a hundred hires seventy name somebody, the refusal of ten is recorded, and twenty have not been asked yet.</summary>
    public Task<Nominated> Nominate(AgreementId agreement, string family)
    {
        IReadOnlyList<NewNominee> nominees = chance.In(0.875) ? [new(people.Relative(family, []), chance.Of(Kin), null, null)] : [];
        return lab.Do<Nominate, Nominated>(branch.Manager.Person, slice => slice.Handle(agreement, new(Today, SignedByAll: true, nominees), default), version: 1);
    }

    /// <summary>A letter of authority for eight in a hundred: a driver, a nephew, an accountant.</summary>
    public async Task AppointAgents()
    {
        foreach (var letting in branch.Lettings.Where((_, at) => at % 12 == 5).ToList())
        {
            var agent = await Register(people.One($"{chance.Of(People.Given)} {people.FamilyName()}", Today, Today.AddYears(2)), photographed: true);
            await lab.Do<AppointAgent, AgentAppointed>(branch.Manager.Person, slice => slice.Handle(letting.Agreement, new(agent, Today, Today, null), default));
            letting.Agent = agent;
        }
    }
}
