using System.Data;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using OtpNet;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Lab.Bank;
using Strongroom.Lab.Measure;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Contact;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Reliability;

/// <summary>
/// A small bank whose server is a process of its own and gets killed. Two officers are signed in through the pages once, at the beginning,
/// and stay so. The database is read from outside, past the server.
/// </summary>
internal sealed class MortalBank<TEngine> : IAsyncDisposable where TEngine : IEngine
{
    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-kill-").FullName;
    private readonly Dictionary<string, CookieContainer> jars = [];
    private readonly Dictionary<string, string> tokens = [];
    private string connection = "";
    private ServerProcess server = null!;

    public SmallBank Bank { get; private set; } = null!;

    public Hire Hire { get; private set; } = null!;

    public static async Task<MortalBank<TEngine>> Open()
    {
        var bank = new MortalBank<TEngine>();
        bank.connection = await TEngine.NewDatabase(bank.folder);
        KeyRing.Create(Path.Combine(bank.folder, "keys"));
        await bank.Prepare();
        await bank.Start();
        foreach (var officer in new[] { bank.Bank.CounterOfficer, bank.Bank.Custodian }) await bank.SignIn(officer);
        return bank;
    }

    public async Task Start() => server = await ServerProcess.Start(Path.Combine(AppContext.BaseDirectory, "Strongroom.dll"),
        [.. Options, "--environment", "Development", "--Strongroom:Background", "off"]);

    public void Kill() => server.Kill();

    public async Task<HttpResponseMessage> Send(Request request)
    {
        using var client = Client(request.Officer);
        using var message = new HttpRequestMessage(HttpMethod.Post, request.Path);
        if (request.Body is not null) message.Content = JsonContent.Create(request.Body, request.Body.GetType());
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

    public ValueTask DisposeAsync()
    {
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
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
        clock.MoveTo(now.AddMinutes(-3));
        await Bank.OpenDay();
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
