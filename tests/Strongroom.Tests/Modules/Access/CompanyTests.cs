using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Phones;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.SignIn.Signing;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

/// <summary>Who is at the counter, and how they show it: several lockers, a thumb and a witness, an escort, a code word, a hirer elsewhere.</summary>
public abstract class CompanyTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_party_with_two_lockers_counts_once_against_the_vault()
    {
        var hire = await world.NewHire();
        var second = await AlsoLetTo(hire, 15);
        var first = await Bank.CheckIn(hire);
        var other = await CheckIn(second, hire.Hirer, first.Id);
        (await Refused<CheckIn>(slice => Code(slice.Handle(new(second, hire.Hirer, null, first.Id), default)))).ShouldBe("access.locker-in-visit");

        var one = await Bank.Admit(await Bank.Identify(first));
        var two = await Bank.Admit(await Bank.Identify(other), "No key registered yet");
        (await Inside()).ShouldBe(1);

        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(one.Id, one.Version)));
        (await Inside()).ShouldBe(1, "the party is at its second locker");
        await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(two.Id, two.Version)));
        (await Inside()).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_joins_another_persons_visit_as_the_same_party()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var first = await Bank.CheckIn(one);

        (await Refused<CheckIn>(slice => Code(slice.Handle(new(other.Agreement, other.Hirer, null, first.Id), default)))).ShouldBe("access.not-the-same-party");

        await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(first.Id, new(EndReason.HirerLeft, null), default), first.Version);
    }

    [Fact]
    public async Task A_thumb_impression_needs_a_colleague_as_witness_and_an_escort_is_entered_by_name()
    {
        var hire = await world.NewHire();
        var visit = await Bank.CheckIn(hire);
        IdentifyRequest Thumb(PersonId? witness) => new(IdentityCheck.KnownToOfficer, OperatorSign.ThumbImpression, witness, "Sunil Rao, her son");

        (await Identify(visit, Thumb(null))).ShouldBe("access.witness-needed");
        (await Identify(visit, Thumb(Bank.CounterOfficer.Person))).ShouldBe("access.witness-needed", "the officer who takes it is no witness");
        (await Identify(visit, Thumb(hire.Hirer))).ShouldBe("access.witness-needed");
        (await Identify(visit, Thumb(Bank.Manager.Person))).ShouldBeNull();

        using var desk = await world.SignIn(Bank.Manager);
        var page = await desk.GetStringAsync($"/desk/visits/{visit.Id}");
        page.ShouldContain("Sunil Rao, her son");
        page.ShouldContain("by thumb impression before Meera Iyer");
        await Leave(visit.Id);
    }

    [Fact]
    public async Task A_code_word_is_asked_for_and_nobody_is_admitted_without_it()
    {
        var hire = await world.NewHire();
        await world.Lab.Do<SetCodeWord, Done>(await Online(hire), slice => slice.Handle(new("Blue  Mango"), default));
        var visit = await Bank.CheckIn(hire);

        (await Identify(visit, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned))).ShouldBe("access.code-word-wrong");
        (await Identify(visit, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned, CodeWord: "mango"))).ShouldBe("access.code-word-wrong");
        (await Identify(visit, new(IdentityCheck.PhotographCompared, OperatorSign.SlipSigned, CodeWord: "blue mango"))).ShouldBeNull();
        var admission = await Bank.Admit(visit with { Version = visit.Version + 1 });
        admission.Rules.Single(rule => rule.Id == "code-word").Answer.ShouldBe(Answer.Pass);
        await world.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(visit.Id, new(EndReason.Mistake, null), default), admission.Version);
    }

    [Fact]
    public async Task A_hirer_who_is_elsewhere_approves_from_a_phone_and_counts_as_present()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var joint = await Jointly(one, other, 17);
        await Online(other);
        var visit = await Bank.Identify(await CheckIn(joint, one.Hirer, null));
        (await Refused<AskHirer>(slice => Code(slice.CoHirer(visit.Id, new(one.Hirer), default)), visit.Version)).ShouldBe("access.here-already");

        var asked = await world.Lab.Do<AskHirer, VisitStep>(Bank.Custodian.Person, slice => slice.CoHirer(visit.Id, new(other.Hirer), default), visit.Version);
        var signature = await world.Read(db => db.Set<VisitApproval>().Where(row => row.Visit == visit.Id).Select(row => row.Signature).SingleAsync());
        var words = await world.Lab.As(other.Hirer, async services => (await Signatures.Waiting(services.GetRequiredService<StrongroomDb>(), services.GetRequiredService<Strongroom.Data.Sealing.Seals>(), services.GetRequiredService<CurrentActor>().Now, world.Lab.Now, default))
            .Where(one => one.Id == signature).Select(one => one.Words).SingleOrDefault());
        words.ShouldNotBeNull().ShouldStartWith("Approve the visit to locker");

        using var key = new SoftAuthenticator();
        using var phone = await world.SignIn(players[other.Hirer]);
        await phone.AddPasskey(key);
        world.Clock.Advance(TimeSpan.FromSeconds(1));
        (await (await phone.PostJson($"/api/v1/signatures/{signature}/passkey", new SignByPasskeyRequest(key.Get(await phone.SignatureOptions(signature))))).RefusalCode()).ShouldBe("sign-in.passkey-too-young");
        var young = (await world.Read(db => db.YoungPasskeys(other.Hirer, world.Lab.Now, default))).ShouldHaveSingleItem();
        await world.Lab.Do<ConfirmPasskey, Done>(Bank.CounterOfficer.Person, slice => slice.Handle(other.Hirer, new(young.Credential, PasskeyCheck.IdentityDocument), default));
        (await phone.PostJson($"/api/v1/signatures/{signature}/passkey", new SignByPasskeyRequest(key.Get(await phone.SignatureOptions(signature))))).IsSuccessStatusCode.ShouldBeTrue();

        var admission = await Bank.Admit(asked, "No key registered yet");
        admission.State.ShouldBe(VisitState.Admitted, string.Join(' ', admission.Rules.Where(rule => rule.Answer == Answer.Refuse).Select(rule => rule.Sentence)));
        admission.Rules.Single(rule => rule.Id == "mandate").Answer.ShouldBe(Answer.Pass);
        await world.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(visit.Id, new(EndReason.Mistake, null), default), admission.Version);
    }

    [Fact]
    public async Task Jointly_without_the_other_hirers_approval_is_refused()
    {
        var (one, other) = (await world.NewHire(), await world.NewHire());
        var visit = await Bank.Identify(await CheckIn(await Jointly(one, other, 18), one.Hirer, null));
        (await Bank.Admit(visit)).State.ShouldBe(VisitState.Refused);
    }

    private readonly Dictionary<PersonId, Player> players = [];

    private async Task<PersonId> Online(Hire hire)
    {
        players[hire.Hirer] = await Bank.OpenAccess(hire, "hirer" + hire.Number);
        return hire.Hirer;
    }

    private async Task<AgreementId> AlsoLetTo(Hire hire, int locker)
    {
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        return (await world.Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(Bank.Lockers[locker], hire.Hirer, $"MGR/also-{locker}", today, today, today, today.AddYears(1)), default))).Id;
    }

    private async Task<AgreementId> Jointly(Hire one, Hire other, int locker)
    {
        var today = world.Lab.Now.DateIn("Asia/Kolkata");
        return (await world.Lab.Do<MakeAgreement, AgreementMade>(Bank.Manager.Person, slice => slice.Handle(
            new(Bank.Lockers[locker], one.Hirer, $"MGR/joint-{locker}", today, today, today, today.AddYears(1), [other.Hirer], Mandate.Jointly), default))).Id;
    }

    private Task<VisitStep> CheckIn(AgreementId agreement, PersonId who, VisitId? with) =>
        world.Lab.Do<CheckIn, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Handle(new(agreement, who, null, with), default));

    private Task<string?> Identify(VisitStep visit, IdentifyRequest request) => world.Lab.As(Bank.CounterOfficer.Person,
        async services => (await services.GetRequiredService<Identify>().Handle(visit.Id, request, default)).Refusal?.Code, visit.Version);

    private Task<string?> Refused<T>(Func<T, Task<string?>> act, long? version = null) where T : notnull =>
        world.Lab.As(Bank.Custodian.Person, services => act(services.GetRequiredService<T>()), version);

    private static async Task<string?> Code<T>(Task<Outcome<T>> outcome) => (await outcome).Refusal?.Code;

    private async Task Leave(VisitId id)
    {
        var version = await world.Read(db => db.VisitFacts().Where(row => row.Id == id).Select(row => row.Version).SingleAsync());
        await world.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(id, new(EndReason.HirerLeft, null), default), version);
    }

    private Task<int> Inside() => world.Read(db => db.VaultFacts().Where(vault => vault.Id == Bank.Vault).Select(vault => vault.PartiesInside).SingleAsync());
}

public sealed class Company_on_sqlite(OpenDayWorld<Sqlite> world) : CompanyTests<Sqlite>(world);

public sealed class Company_on_postgres(OpenDayWorld<Postgres> world) : CompanyTests<Postgres>(world);
