using System.Data;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Lab.Measure;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Paper;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Approvals.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Modules.Contact.Complaints;
using Strongroom.Modules.Contact.Contracts;
using Strongroom.Modules.Contact.Notices;
using Strongroom.Modules.SignIn;
using Strongroom.Modules.SignIn.Sessions;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Reliability;

/// <summary>
/// A small bank whose server is a process of its own and gets killed. Two officers are signed in through the pages once, at the beginning,
/// and stay so. The database is read from outside, past the server.
/// </summary>
internal sealed class MortalBank<TEngine> : IAsyncDisposable where TEngine : IEngine
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-kill-").FullName;
    private readonly Dictionary<string, CookieContainer> jars = [];
    private readonly Dictionary<string, string> tokens = [];
    private string connection = "";
    private ServerProcess server = null!;

    public SmallBank Bank { get; private set; } = null!;

    public Hire Hire { get; private set; } = null!;

    /// <summary>Another hire, whose hirer has online access. A visit to its locker is over.</summary>
    public Hire Other { get; private set; } = null!;

    public Player OtherHirer { get; private set; } = null!;

    public VisitId OldVisit { get; private set; }

    /// <summary>A slip with the two signatures that enter it, and the request for a correction of the old visit with the one that approves it: they live five minutes.</summary>
    public EnterLateVisitRequest Slip { get; private set; } = null!;

    public ApprovalId Correction { get; private set; }

    public ApproveRequest Approved { get; private set; } = null!;

    private string complaint = "";

    public static async Task<MortalBank<TEngine>> Open()
    {
        var bank = new MortalBank<TEngine>();
        bank.connection = await TEngine.NewDatabase(bank.folder);
        KeyRing.Create(Path.Combine(bank.folder, "keys"));
        await bank.Prepare();
        await bank.Start();
        foreach (var officer in new[] { bank.Bank.CounterOfficer, bank.Bank.Custodian, bank.Bank.Manager, bank.OtherHirer }) await bank.SignIn(officer);
        return bank;
    }

    public async Task Start() => server = await ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "Strongroom.dll"),
        [.. Options, "--environment", "Development", "--Strongroom:Background", "off"]);

    public void Kill() => server.Kill();

    public async Task<HttpResponseMessage> Send(Request request)
    {
        using var client = Client(request.Officer);
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Path);
        if (request.Body is not null) message.Content = JsonContent.Create(request.Body, request.Body.GetType(), options: Json);
        message.Headers.Add("X-CSRF-TOKEN", tokens[request.Officer]);
        message.Headers.Add("Idempotency-Key", request.Key);
        if (request.Version is { } seen) message.Headers.TryAddWithoutValidation("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{seen}\""));
        return await client.SendAsync(message);
    }

    /// <summary>Returns when the database knows the request's answer, whether or not its sender does.</summary>
    public async Task Committed(Request request)
    {
        await using var db = TEngine.Open(connection);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await db.Set<IdempotencyRow>().AnyAsync(row => row.Key == request.Key, late.Token))
        {
        }
    }

    /// <summary>Everything that the visit's acts have left behind, read at one instant.</summary>
    public async Task<Standing> Look(IReadOnlyList<Request> requests)
    {
        await using var db = TEngine.Open(connection);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(row => row.Agreement == Hire.Agreement);
        var id = visit?.Id ?? default;
        var events = await (
            from subject in db.Set<AuditSubject>()
            join happened in db.Set<AuditEvent>() on subject.Event equals happened.Id
            where subject.Kind == Subject.KindOf<Noun.Visit>() && subject.Id == id.Value && happened.Kind.StartsWith("access.")
            orderby happened.At, happened.Id
            select new { happened.Id, happened.Kind }).ToListAsync();
        var ids = events.ConvertAll(one => one.Id);
        var keys = requests.Select(request => request.Key).ToList();
        return new(
            visit?.State, visit?.Version ?? 0,
            string.Join(' ', events.Select(one => one.Kind)),
            await db.Set<AuditPending>().CountAsync(row => ids.Contains(row.Event)),
            await db.Set<IdempotencyRow>().CountAsync(row => keys.Contains(row.Key)),
            await db.Set<Decision>().CountAsync(row => row.Visit == id),
            await db.Set<Obligation>().CountAsync(row => row.Visit == id),
            await db.VaultFacts().Where(row => row.Id == Bank.Vault).Select(row => row.PartiesInside).SingleAsync());
    }

    /// <summary>What another's act has left behind: its rows, its event, and its answer.</summary>
    public async Task<Trace> Look(ActBeside act)
    {
        await using var db = TEngine.Open(connection);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        return new(await act.Rows(db), await db.Set<AuditEvent>().CountAsync(row => row.Kind == act.Event), await db.Set<IdempotencyRow>().CountAsync(row => row.Key == act.Request.Key));
    }

    /// <summary>Whoever holds the link in the message presses the button behind it.</summary>
    public async Task<HttpResponseMessage> Complain()
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
        return await client.PostForm(complaint, "complain");
    }

    /// <summary>A complaint has its event and rings for the manager.</summary>
    public async Task<Trace> Complaints()
    {
        await using var db = TEngine.Open(connection);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        return new(await db.Set<Complaint>().CountAsync(), await db.Set<AuditEvent>().CountAsync(row => row.Kind == ContactAudit.ComplaintOpened.Name),
            await db.Set<PersonNotice>().CountAsync(row => row.Kind == NoticeKind.ComplaintOpened && row.Person == Bank.Manager.Person));
    }

    public async Task<HttpResponseMessage> Lock(Player officer)
    {
        using var client = Client(officer.UserName);
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", tokens[officer.UserName]), KeyValuePair.Create("returnUrl", "/desk")]);
        return await client.PostAsync("/lock", form);
    }

    public async Task<Trace> Locks()
    {
        await using var db = TEngine.Open(connection);
        await using var snapshot = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead);
        var (sessions, events) = (await db.Set<Session>().CountAsync(row => row.LockedAt != null), await db.Set<AuditEvent>().CountAsync(row => row.Kind == SignInAudit.Locked.Name));
        return new(sessions, events, events);
    }

    public async ValueTask DisposeAsync()
    {
        server?.Dispose();
        if (connection.Length > 0) await TEngine.Drop(connection);
        Directory.Delete(folder, recursive: true);
    }

    private string[] Options => ["--data", folder, "--ConnectionStrings:Strongroom", connection];

    /// <summary>By the handlers, in virtual time that ends now: the server then runs by the machine's clock.</summary>
    private async Task Prepare()
    {
        var now = DateTimeOffset.UtcNow;
        var clock = new VirtualClock(now.AddDays(-3));
        await using var lab = LabBank.Open(Options, clock, seed: 5);
        Bank = await SmallBank.SetUp(lab, WhereItIsNoon(now));
        await Bank.OpenRoundTheClock();
        Hire = await Bank.LetTo("Asha Rao", 0, "asha.rao@example.in", Pictures.Small);
        Other = await Bank.LetTo("Dev Rao", 1, "dev.rao@example.in", Pictures.Small);
        OtherHirer = await Bank.OpenAccess(Other, "dev.rao");
        // Five signatures follow, each in a half minute of its own; the last is older than one when its signer signs in by the machine’s clock.
        clock.MoveTo(DateTimeOffset.UtcNow.AddSeconds(-195));
        await Bank.OpenDay();
        await SignAhead(lab);
    }

    private async Task SignAhead(LabBank lab)
    {
        var admission = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(Other)));
        OldVisit = (await Bank.CheckOut(await Bank.LockUp(await Bank.LeaveAlone(admission.Id, admission.Version)))).Id;
        complaint = await lab.As(null, async services => await services.GetRequiredService<StrongroomDb>().ComplaintPath(services.GetRequiredService<Seals>(), OldVisit, Other.Hirer, default) ?? "");
        var zone = await lab.Read(db => db.BranchFacts().Where(row => row.Id == Bank.Branch).Select(row => row.Zone).SingleAsync());

        var paper = new PaperVisit("2311-01", lab.Now.DateIn(zone), Other.Agreement, Other.Hirer, Bank.Custodian.Person, IdentityCheck.PhotographCompared,
            new(9, 0), new(9, 1), new(9, 8), new(9, 10), "No power");
        var asked = await lab.Do<EnterLateVisit, DaySignatures>(Bank.Custodian.Person, slice => slice.Ask(Bank.Branch, paper, default));
        await Joining.Sign(lab, asked.Mine, Bank.Custodian);
        await Joining.Sign(lab, asked.Second, Bank.SecondCustodian);
        Slip = new(paper, asked.Mine, asked.Second);

        var correction = new Correction(CorrectedField.Arrived, new(9, 30), null, "The clock of the counter was wrong");
        Correction = (await lab.Do<CorrectVisit, CorrectionAsked>(Bank.CounterOfficer.Person, slice => slice.Handle(OldVisit, correction, default))).Approval;
        var question = (await lab.Do<Approve, ApprovalSignatureAsked>(Bank.Manager.Person, slice => slice.Ask(Correction, default))).Signature;
        await Joining.Sign(lab, question, Bank.Manager);
        Approved = new(question);
    }

    /// <summary>No run of this test may meet midnight. The signs of these zones are the other way round.</summary>
    private static string WhereItIsNoon(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{now.Hour - 12:+0;-0;+0}");

    private async Task SignIn(Player officer)
    {
        jars[officer.UserName] = new CookieContainer();
        using var client = Client(officer.UserName);
        (await client.GivePassword(officer.UserName, officer.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        var code = new Totp(Base32Encoding.ToBytes(officer.TotpSecret)).ComputeTotp();
        (await client.PostForm("/sign-in/code", "code", ("Input.Code", code))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        tokens[officer.UserName] = (await client.WhoAmI()).CsrfToken;
    }

    private HttpClient Client(string officer) => new(new SocketsHttpHandler { CookieContainer = jars[officer], AllowAutoRedirect = false }) { BaseAddress = server.Address };
}

/// <summary>One request of an officer, so that it can be sent again as it was.</summary>
internal sealed record Request(string Officer, string Path, object? Body, string Key, long? Version);

/// <summary>What the database says of the bank's one visit.</summary>
/// <param name="Events">Kinds of the visit's events, oldest first.</param>
/// <param name="Pending">How many of them wait for their leaf.</param>
/// <param name="Remembered">How many of the requests it knows the answer of.</param>
/// <param name="Inside">Parties in the vault.</param>
internal sealed record Standing(VisitState? State, long Version, string Events, int Pending, int Remembered, int Decisions, int Obligations, int Inside);
