using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Deciding;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Customers.Signatories;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Visits by somebody who is not the hirer: an agent by letter, signatories of an organisation.</summary>
public abstract class ActingForTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    private DateOnly Today => world.Lab.Now.DateIn("Asia/Kolkata");

    [Fact]
    public async Task An_agent_is_admitted_with_a_second_officer_and_not_without_and_not_after_the_letter_ended()
    {
        var hire = await world.NewHire();
        var agent = await Person("Agent Nair", photograph: true);
        var letter = await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(agent, Today, Today, null), default));

        var alone = await Bank.Admit(await Bank.Identify(await CheckIn(hire.Agreement, agent)));
        alone.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["second-control"]);

        var identified = await Bank.Identify(await CheckIn(hire.Agreement, agent));
        var visit = await world.Lab.Do<AskSecondOfficer, VisitStep>(Bank.Custodian.Person, slice => slice.Handle(identified.Id, default), identified.Version);
        var asked = await world.Read(db => db.Set<Visit>().Where(row => row.Id == visit.Id).Select(row => row.SecondSignature!.Value).SingleAsync());
        await Joining.Sign(world.Lab, asked, Bank.CounterOfficer);
        var admission = await Bank.Admit(visit);
        admission.Result.ShouldBe(Answer.Pass);
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)));

        await world.Lab.Do<EndAgent, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, letter.Id, new("Withdrawn"), default));
        (await Refused(hire.Agreement, agent)).ShouldBe("access.not-a-party");
    }

    [Fact]
    public async Task A_letter_that_is_ended_while_the_agent_waits_admits_nobody()
    {
        var hire = await world.NewHire();
        var agent = await Person("Agent Waits", photograph: true);
        var letter = await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(agent, Today, Today, null), default));
        var visit = await Bank.Identify(await CheckIn(hire.Agreement, agent));
        await world.Lab.Do<EndAgent, Done>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, letter.Id, new("Withdrawn"), default));

        (await Bank.Admit(visit)).Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldContain("mandate");
    }

    [Fact]
    public async Task Of_an_organisation_so_many_signatories_come_as_its_resolution_wants()
    {
        var firm = await Person("Rao Jewels Pvt Ltd", PersonKind.Organisation);
        var (one, other) = (await Person("Director One", photograph: true), await Person("Director Two", photograph: true));
        foreach (var director in new[] { one, other })
            await world.Lab.Do<AddSignatory, SignatoryAdded>(Bank.Manager.Person, slice => slice.Handle(firm, new(director, Today, null, 2, "Any two directors jointly."), default));
        var hire = await world.Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(Bank.Lockers[^2], firm, "MGR/firm", Today, Today, Today, Today.AddYears(1)), default));

        var alone = await Bank.Admit(await Bank.Identify(await CheckIn(hire.Id, one)), "note");
        alone.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Id).ShouldBe(["mandate"]);
        var both = await Bank.Admit(await Bank.Identify(await CheckIn(hire.Id, one, other)), "note");

        both.State.ShouldBe(VisitState.Admitted);
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(both.Id, both.Version)));
    }

    [Fact]
    public async Task The_counter_finds_agents_and_signatories_and_shows_in_what_capacity_they_come()
    {
        var hire = await world.NewHire();
        var agent = await Person("Findable Agent", photograph: true);
        await world.Lab.Do<AppointAgent, AgentAppointed>(Bank.Manager.Person, slice => slice.Handle(hire.Agreement, new(agent, Today, Today, Today), default));
        using var client = await world.SignIn(Bank.CounterOfficer);

        var page = await client.GetStringAsync("/desk/check-in?q=findable");
        page.ShouldContain("Check in Findable Agent");
        page.ShouldContain("An agent comes by the hirers&#x27; letter of authority");
        (await client.GetStringAsync($"/desk/agreements/{hire.Agreement}")).ShouldContain("Findable Agent");
    }

    [Theory]
    [InlineData("1", "P", true)]
    [InlineData("2", "P", false)]
    [InlineData("22", "P-", false)]
    [InlineData("22", "PP", true)]
    [InlineData("12", "-P", false)]
    [InlineData("12", "P-", true)]
    [InlineData("333", "PP-", false)]
    public void An_organisation_is_here_when_enough_of_its_signatories_are(string together, string marks, bool here)
    {
        var signatories = together.Select((count, at) => new MayCome(new(new Guid(at + 1, 0, 0, new byte[8])), ComesAs.Signatory, 1, count - '0', null)).ToList();
        MandateRules.Here(signatories, signatories.Where((_, at) => marks[at] == 'P').Select(one => one.Person).ToHashSet()).ShouldBe(here);
    }

    private async Task<PersonId> Person(string name, PersonKind kind = PersonKind.Natural, bool photograph = false)
    {
        var person = (await world.Lab.Do<RegisterPerson, PersonRegistered>(Bank.Manager.Person, slice => slice.Handle(
            new() { Kind = kind, Name = name, DueDiligenceReviewOn = Today.AddYears(2) }, default))).Id;
        if (photograph) await world.Lab.Do<TakePicture, Done>(Bank.Manager.Person, slice => slice.Handle(person, PictureKind.Photograph, Pictures.Small, Today, default), version: 1);
        return person;
    }

    private Task<VisitStep> CheckIn(AgreementId agreement, PersonId person, params PersonId[] others) =>
        world.Lab.Do<CheckIn, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Handle(new(agreement, person, others), default));

    private Task<string?> Refused(AgreementId agreement, PersonId person) => world.Lab.As(Bank.CounterOfficer.Person, async services =>
        (await Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<CheckIn>(services).Handle(new(agreement, person), default)).Refusal?.Code);
}

public sealed class Acting_for_on_sqlite(OpenDayWorld<Sqlite> world) : ActingForTests<Sqlite>(world);

public sealed class Acting_for_on_postgres(OpenDayWorld<Postgres> world) : ActingForTests<Postgres>(world);
