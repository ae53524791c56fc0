using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Occurrences;
using Strongroom.Modules.Access.VaultRegister;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Agents;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Agreements.Documents;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit.Sequencing;
using Strongroom.Modules.Clients.Registered;
using Strongroom.Modules.Clients.Webhooks;
using Strongroom.Modules.Customers;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Customers.Pictures;
using Strongroom.Modules.Keys.Checks;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.Keys.Losses;
using Strongroom.Modules.Staff;
using Strongroom.Modules.Staff.Contracts;
using Strongroom.Modules.Staff.Emergencies;
using Strongroom.Tests.Support;
using Strongroom.Web;

namespace Strongroom.Tests.Authorization;

/// <summary>One who asks: a column of the matrix.</summary>
/// <param name="Everywhere">Their rights hold in the whole bank, so that nothing of another branch is another's to them.</param>
/// <param name="Client">A program of another system, with every scope.</param>
public sealed record Caller(string Column, PersonId? Person, bool Everywhere = false, ClientId? Client = null);

/// <summary>A key of a locker. The guard keys, whose custody goes from hand to hand, are the other keys of the bank.</summary>
internal abstract class HirersKey : INoun;

/// <summary>
/// A bank of two branches in which the same things have happened. Whoever asks belongs to MG Road, or to the whole bank. What is sealed or named at Fort has a
/// mark in it that nobody of MG Road may ever see.
/// </summary>
public sealed class MatrixWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    public const string Canary = "Qanary";

    /// <summary>Stands in names and notes of MG Road; on a page it is text.</summary>
    public const string Markup = "<b>bold</b>";

    public IReadOnlyList<Caller> Callers { get; private set; } = [];

    internal Examples Own { get; private set; } = null!;

    internal Examples Others { get; private set; } = null!;

    public async Task<HttpClient> ClientOf(Caller caller)
    {
        var client = Client();
        if (caller.Client is { } program) client.DefaultRequestHeaders.Add(ByPerson.ClientHeader, program.ToString());
        if (caller.Person is not { } person) return client;
        client.DefaultRequestHeaders.Add(ByPerson.Header, person.ToString());
        client.DefaultRequestHeaders.Add("X-CSRF-TOKEN", (await client.WhoAmI()).CsrfToken);
        return client;
    }

    protected override void Configure(WebApplicationBuilder builder) => ByPerson.Use(builder);

    protected override async Task Prepare()
    {
        // Eleven in the morning in India: within vault hours.
        Clock.SetUtcNow(Start.AddHours(2));
        var lab = new LabBank(App, Clock, Clock.Advance);
        var here = await SmallBank.SetUp(lab);
        var there = await SmallBank.SetUpBeside(here, "FRT", "Fort");
        var security = await here.Enlist("Omar Sheikh", "security", "E-105", Role.Security, "MGR");
        var branchAuditor = await here.Enlist("Rita Fernandes", "auditor.mgr", "E-106", Role.Auditor, "MGR");
        // From now on a role waits for a second administrator.
        await here.Enlist("Second Admin", "admin2", "HO-2", Role.Admin, null);
        var (own, holder) = await Fill(here, $"Asha{Markup}");
        var (others, _) = await Fill(there, Canary);
        while (await App.Services.GetRequiredService<Sequencer>().RunOnce(default) > 0)
        {
        }
        Own = await this.ExamplesOf(own);
        Others = await this.ExamplesOf(others);
        Callers =
        [
            new("nobody", null),
            new("admin", here.Admin.Person, Everywhere: true),
            new("manager", here.Manager.Person),
            new("custodian", here.Custodian.Person),
            new("counter", here.CounterOfficer.Person),
            new("security", security.Person),
            new("auditor", branchAuditor.Person),
            new("bank-auditor", here.Auditor.Person, Everywhere: true),
            new("holder", holder.Person),
            new("client", null, Client: new(Own.Of(typeof(Noun.Client)))),
        ];
    }

    /// <summary>What a branch has after a morning.</summary>
    private static async Task<(Dictionary<Type, Guid> Known, Player Holder)> Fill(SmallBank bank, string mark)
    {
        var (lab, word) = (bank.Lab, mark.Split('<')[0].ToLowerInvariant());
        await bank.OpenDay();
        var hire = await bank.LetTo($"{mark} Rao", 0, $"{word}@example.in", Pictures.Small);
        var second = await bank.LetTo($"{mark} Menon", 1, null, Pictures.Small);
        var agent = await bank.LetTo($"{mark} Pillai", 2, null, Pictures.Small);
        var holder = await bank.OpenAccess(hire, $"{word}.rao");

        var admission = await bank.Admit(await bank.Identify(await bank.CheckIn(hire)));
        await bank.CheckOut(await bank.LockUp(await bank.LeaveAlone(admission.Id, admission.Version)));
        await bank.Identify(await bank.CheckIn(second));
        var (manager, custodian) = (bank.Manager.Person, bank.Custodian.Person);
        await lab.Do<PlaceHold, HoldPlaced>(manager, slice => slice.Handle(hire.Agreement, new(HoldKind.Suspicion, $"{mark} reason", null), default));
        await lab.Do<NoteOccurrence, OccurrenceNoted>(custodian, slice => slice.Handle(bank.Branch, new(OccurrenceKind.PowerLost, null, null, $"{mark} note"), default));
        await lab.Do<EnterVault, VaultEntered>(manager, slice => slice.Handle(bank.Vault, new(EntryPurpose.Inspection, null), default));
        await lab.Do<DrawKeyCheck, KeyCheckDrawn>(manager, slice => slice.Handle(bank.Branch, default));
        var today = lab.Now.DateIn("Asia/Kolkata");
        await lab.Do<AppointAgent, AgentAppointed>(manager, slice => slice.Handle(hire.Agreement, new(agent.Hirer, today, today, null), default));
        await lab.Do<AddDocument, DocumentAdded>(manager, slice => slice.Handle(hire.Agreement, DocumentKind.SignedAgreement, Pictures.Small, default));
        await lab.Do<TakePicture, Done>(manager, slice => slice.Handle(hire.Hirer, PictureKind.Specimen, Pictures.Small, today, default),
            await lab.Read(db => db.PersonFacts().Where(row => row.Id == hire.Hirer).Select(row => row.Version).SingleAsync()));
        var officer = await lab.Read(db => db.OfficerFacts().Where(row => row.Person == bank.CounterOfficer.Person).Select(row => row.Id).SingleAsync());
        await lab.Do<PostOfficer, OfficerPosted>(bank.Admin.Person, slice => slice.Handle(officer, new(bank.Branch, Role.Custodian, today, null), default));
        var client = await lab.Do<RegisterClient, ClientRegistered>(bank.Admin.Person, slice => slice.Handle(
            new($"{mark} core banking", [Scopes.LockersRead, Scopes.CustomersRegister, Scopes.VisitsRead, Scopes.HoldsPlace, Scopes.WebhooksManage], [bank.Branch], null), default));
        var webhook = await lab.Do<RegisterWebhook, WebhookRegistered>(bank.Admin.Person, slice => slice.Handle(client.Id, new($"https://{word}.example/hook", ["access.checked-in"]), default));
        var (hirersKey, loss) = await LoseAKey(bank, agent, mark);
        var (delegation, emergency) = (await HandOverFromTomorrow(bank, mark), await BreakGlassAndEnd(bank, mark));
        await lab.Background();
        return (new()
        {
            [typeof(Noun.Branch)] = bank.Branch.Value,
            [typeof(Noun.Vault)] = bank.Vault.Value,
            [typeof(Noun.Locker)] = hire.Locker.Value,
            [typeof(Noun.Agreement)] = hire.Agreement.Value,
            [typeof(Noun.Person)] = hire.Hirer.Value,
            [typeof(Noun.Visit)] = admission.Id.Value,
            [typeof(Noun.Officer)] = officer.Value,
            [typeof(Noun.Client)] = client.Id.Value,
            [typeof(Noun.Webhook)] = webhook.Id.Value,
            [typeof(HirersKey)] = hirersKey.Value,
            [typeof(Noun.KeyLoss)] = loss.Value,
            [typeof(Noun.Delegation)] = delegation.Value,
            [typeof(Noun.Emergency)] = emergency.Value,
        }, holder);
    }

    /// <summary>Reported, and the manager is asked for a new lock; at a locker that none of the visits is to.</summary>
    private static async Task<(KeyId Key, KeyLossId Loss)> LoseAKey(SmallBank bank, Hire hire, string mark)
    {
        var (lab, custodian) = (bank.Lab, bank.Custodian.Person);
        var key = await lab.Read(db => db.KeyFacts().Where(row => row.Locker == hire.Locker).Select(row => row.Id).SingleAsync());
        var loss = (await lab.Do<ReportLostKey, KeyReportedLost>(custodian, slice => slice.Handle(key, new(lab.Now.DateIn("Asia/Kolkata"), hire.Hirer, $"{mark} left it on a train", "U-7"), default))).Id;
        await lab.Do<AskToReplaceLock, ReplacementAsked>(custodian, slice => slice.Handle(loss, default));
        return (key, loss);
    }

    /// <summary>By the manager to the counter officer. From tomorrow: today each role is asked as it is by itself.</summary>
    private static async Task<DelegationId> HandOverFromTomorrow(SmallBank bank, string mark)
    {
        var (lab, manager) = (bank.Lab, bank.Manager);
        var tomorrow = lab.Now.DateIn("Asia/Kolkata").AddDays(1);
        var asked = await lab.Do<HandOver, HandOverAsked>(manager.Person, slice => slice.Ask(new(bank.CounterOfficer.Person, bank.Branch, null, tomorrow, tomorrow.AddDays(2), $"{mark} wedding"), default));
        await Joining.Sign(lab, asked.Signature, manager);
        await lab.Do<HandOver, Done>(manager.Person, slice => slice.Sign(asked.Id, default));
        return asked.Id;
    }

    /// <summary>Opened by a custodian, signed for by the manager, and over: it waits for its review.</summary>
    private static async Task<EmergencyId> BreakGlassAndEnd(SmallBank bank, string mark)
    {
        var (lab, officer) = (bank.Lab, bank.SecondCustodian);
        var asked = await lab.Do<BreakGlass, BreakGlassAsked>(officer.Person, slice => slice.Ask(new(bank.Branch, Role.CounterOfficer, 5, bank.Manager.Person, $"{mark} waits, and the counter is empty"), default));
        await Joining.Sign(lab, asked.Own, officer);
        await Joining.Sign(lab, asked.Second, bank.Manager);
        await lab.Do<BreakGlass, BreakGlassOpened>(officer.Person, slice => slice.Open(asked.Id, default));
        await lab.Do<EndEmergency, Done>(officer.Person, slice => slice.Handle(asked.Id, default));
        return asked.Id;
    }
}
