using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Keys;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Access;

public abstract class WarningTests<TEngine>(OpenDayWorld<TEngine> world) : IClassFixture<OpenDayWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task A_warning_with_its_note_is_the_managers_work_until_it_is_seen_to()
    {
        var admission = await Warned(20, "Photograph promised for Friday");

        var warning = (await Open()).Warnings.Single(one => one.Visit == admission.Id);
        warning.Rules.ShouldBe(["There is no photograph."]);
        (warning.Note, warning.AdmittedBy, warning.LockerNumber).ShouldBe(("Photograph promised for Friday", Bank.Custodian.Name, "121"));

        await See(Bank.Custodian, admission.Decision).RefusedWith(404, "not-found");
        await See(Bank.Manager, admission.Decision).Fine();
        await See(Bank.Manager, admission.Decision).RefusedWith(409, "access.warning-seen-already");
        (await Open()).Warnings.ShouldNotContain(one => one.Visit == admission.Id);
        (await world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<ReadVisitWarnings>().Open(Bank.Branch, 0, default))).ShouldBeNull();
    }

    [Fact]
    public async Task The_manager_clears_a_warning_on_the_list_of_work()
    {
        var admission = await Warned(21, "Comes again with papers");
        var desk = await world.SignIn(Bank.Manager);

        (await desk.GetStringAsync("/desk/work")).ShouldContain("Comes again with papers");
        (await desk.PostForm("/desk/work", $"seen-{admission.Decision}")).Leads().ShouldStartWith("/desk/work");

        var after = await desk.GetStringAsync("/desk/work");
        after.ShouldNotContain("Comes again with papers");
        after.ShouldContain("vault door");
        after.ShouldContain("declaration of relatives");
        (await (await world.SignIn(Bank.CounterOfficer)).GetAsync("/desk/work")).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_key_is_embossed_while_its_hirer_stands_by()
    {
        var hire = await Bank.LetTo("Ila Sen", 22, portrait: Pictures.Small);
        var key = (await world.Lab.Do<RegisterHirerKey, KeyRegistered>(Bank.Manager.Person, slice => slice.Handle(new(hire.Locker, "123/2", null), default))).Id;
        var waiting = await Bank.CheckIn(hire);
        await Emboss(waiting, key).RefusedWith(409, "access.act-does-not-fit");
        var identified = await Bank.Identify(waiting);

        var page = await (await world.SignIn(Bank.Custodian)).GetStringAsync($"/desk/visits/{identified.Id}");
        page.ShouldContain("Embossed on key 123/2");
        var after = await Emboss(identified, key).Fine();

        (await world.Read(db => db.KeyFacts().Where(row => row.Id == key).Select(row => row.Embossed).SingleAsync())).ShouldBe(true);
        await Emboss(after, key).RefusedWith(409, "keys.embossed-already");
        await Emboss(identified, key).RefusedWith(412, "stale");
        (await Bank.Admit(after)).Result.ShouldBe(Answer.Pass);
    }

    private async Task<Admission> Warned(int locker, string note)
    {
        var hire = await Bank.LetTo($"Warned {locker}", locker);
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(hire)), note);
        var locked = await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version));
        await Bank.CheckOut(locked);
        return admission;
    }

    private async Task<VisitWarningsPage> Open() => (await world.Lab.As(Bank.Manager.Person, services => services.GetRequiredService<ReadVisitWarnings>().Open(Bank.Branch, 0, default)))!;

    private Task<Outcome<Done>> See(Player by, DecisionId decision) =>
        world.Lab.As(by.Person, services => services.GetRequiredService<SeeToVisitWarning>().Handle(decision, default));

    private Task<Outcome<VisitStep>> Emboss(VisitStep visit, KeyId key) =>
        world.Lab.As(Bank.Custodian.Person, services => services.GetRequiredService<EmbossKey>().Handle(visit.Id, key, default), visit.Version);
}

public sealed class Warnings_on_sqlite(OpenDayWorld<Sqlite> world) : WarningTests<Sqlite>(world);

public sealed class Warnings_on_postgres(OpenDayWorld<Postgres> world) : WarningTests<Postgres>(world);
