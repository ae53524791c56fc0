using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MimeKit;
using OtpNet;
using Strongroom.Data.Jobs;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using PasswordHashes = Strongroom.Modules.SignIn.Users.PasswordHashes;

namespace Strongroom.BrowserTests.Support;

/// <summary>
/// A bank of one class of journeys, as its people meet it: a server on a port of its own, the database of the engine, a mail server, and a
/// small bank in it. It is eleven in the morning in India; each journey has a working day of its own.
/// </summary>
public class Site<TEngine> : IAsyncLifetime where TEngine : IEngine
{
    private const string Zone = "Asia/Kolkata";

    // The small bank's lockers are numbered from here.
    private const int FirstNumber = 101;

    private static readonly DateTimeOffset Start = new(2026, 11, 23, 5, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan CodeStep = TimeSpan.FromSeconds(31);

    private readonly string folder = Directory.CreateTempSubdirectory("strongroom-browser-").FullName;
    private readonly OffsetClock clock = new(Start);
    private WebApplication? app;
    private string connection = "";
    private int lockers;
    private bool begun;

    public MailServer Mail { get; } = new();

    public Uri Address { get; private set; } = null!;

    public SmallBank Bank { get; private set; } = null!;

    /// <summary>What this site's server is set to beside what every site's is.</summary>
    protected virtual IReadOnlyList<string> More => [];

    protected TimeProvider Clock => clock;

    public virtual async ValueTask InitializeAsync()
    {
        await Mail.Start();
        connection = await TEngine.NewDatabase(folder);
        KeyRing.Create(Path.Combine(folder, "keys"));
        Strongroom.Modules.Audit.Contracts.LogKeys.Create(Path.Combine(folder, "keys"), "bank.example/log");
        Address = NewAddress();
        app = Build(Address);
        await app.StartAsync();
        Bank = await SmallBank.SetUp(new LabBank(app, clock, clock.Pass));
    }

    /// <summary>Another server of the same bank, on the same database: one that a journey may stop.</summary>
    public async Task<Node> NewNode()
    {
        var node = new Node(NewAddress(), address => Build(address, "off"));
        await node.Start();
        return node;
    }

    private static Uri NewAddress() => new(string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Ports.Free()}"));

    private WebApplication Build(Uri address, string background = "on") => StrongroomApp.Build(
        ["--environment", "Development", "--urls", address.ToString(), "--Strongroom:PublicAddress", address.ToString(), "--data", folder,
            "--ConnectionStrings:Strongroom", connection, "--Logging:LogLevel:Default", "Warning", "--Mail:Host", "127.0.0.1",
            "--Mail:Port", Mail.Port.ToString(CultureInfo.InvariantCulture), "--Mail:Security", "none", "--Mail:From", "lockers@bank.example",
            "--Strongroom:Background", background, .. More],
        builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            // Half of a run's work would be the proving of passwords.
            builder.Services.Replace(ServiceDescriptor.Singleton(new PasswordHashes(iterations: 1)));
            // The scheduler reckons what it missed; with a clock that jumps it would do nothing else. The mail relay goes on.
            builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(JobClock)));
        });

    public virtual async ValueTask DisposeAsync()
    {
        if (app is not null)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        if (connection.Length > 0) await TEngine.Drop(connection);
        Mail.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>The next working day, eleven o'clock; a day that the journey before left open is closed.</summary>
    public async Task NextDay()
    {
        if (!begun)
        {
            begun = true;
            return;
        }
        if (await Bank.Lab.Read(db => db.Set<BranchDay>().AnyAsync(day => day.Branch == Bank.Branch && day.ClosedAt == null)))
        {
            await SendHome();
            await Bank.CloseDay();
        }
        var date = clock.GetUtcNow().UtcDateTime.DateIn(Zone).AddDays(1);
        if (date.DayOfWeek == DayOfWeek.Saturday) date = date.AddDays(2);
        clock.MoveTo(new(date.ToUtc(new(11, 0), Zone)));
    }

    public void Pass(TimeSpan span) => clock.Pass(span);

    /// <summary>Whoever is at the counter or in the vault after a journey that ended before they had left.</summary>
    private async Task SendHome()
    {
        foreach (var visit in await Bank.Lab.Read(db => db.Set<Visit>().AsNoTracking().Where(visit => visit.EndedAt == null).ToListAsync()))
        {
            var step = new VisitStep(visit.Id, visit.State, visit.Version);
            if (step.State is VisitState.Waiting or VisitState.Identified)
                await Bank.Lab.Do<EndVisit, VisitStep>(Bank.CounterOfficer.Person, slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, null), default), visit.Version);
            else if (step.State == VisitState.Admitted)
                await Bank.Lab.Do<EndVisit, VisitStep>(Bank.Custodian.Person, slice => slice.Abort(visit.Id, new(EndReason.Mistake, null), default), visit.Version);
            else await Bank.CheckOut(step.State == VisitState.Alone ? await Bank.LockUp(step) : step);
        }
    }

    /// <summary>What the player's authenticator shows. A code counts once in its half minute: the next one is had by moving the clock, not by waiting.</summary>
    internal string CodeOf(Player player)
    {
        // Who gave the last one, and where, does not matter then; and one that is about to run out is let go.
        do clock.Pass(CodeStep); while (Bank.Lab.Now.Second % 30 > 25);
        return new Totp(Base32Encoding.ToBytes(player.TotpSecret)).ComputeTotp(Bank.Lab.Now);
    }

    /// <summary>A hirer of a locker that no other journey of the class uses.</summary>
    public Task<Hire> NewHire(string name = "Asha Rao")
    {
        var number = lockers++;
        return Bank.LetTo(name, number, EmailOf(number), Lab.Demo.Portrait.Draw(new Random(number)));
    }

    internal Task<HoldPlaced> PlaceCourtHold(Hire hire) => Bank.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice =>
        slice.Handle(hire.Agreement, new(HoldKind.Court, "Order of the City Civil Court, copy in the branch's file.", null, "Order of the City Civil Court"), default));

    /// <summary>Somebody at a browser of their own.</summary>
    internal Task<Screen> Open(int width = Screen.Desktop, bool scripts = true, bool dark = false, Uri? at = null, bool keyboard = false) =>
        Screen.Open(at ?? Address, width, scripts, dark, keyboard);

    /// <summary>The same, signed in by user name, password and code.</summary>
    internal async Task<Screen> Open(Player player, int width = Screen.Desktop, bool scripts = true, bool dark = false, Uri? at = null, bool keyboard = false)
    {
        var screen = await Open(width, scripts, dark, at, keyboard);
        await screen.Go("/sign-in");
        await SignIn(screen, player);
        return screen;
    }

    /// <summary>From the sign-in page to wherever the person was going.</summary>
    internal async Task SignIn(Screen screen, Player player)
    {
        await screen.Fill("User name", player.UserName);
        await screen.Fill("Password", player.Password);
        await screen.Press("Go on");
        await screen.Fill("Code", CodeOf(player));
        await screen.Press("Sign in");
    }

    /// <summary>The letter about their locker that reached the hirer, as soon as it does.</summary>
    public async Task<MimeMessage> MailTo(Hire hire)
    {
        var address = EmailOf(int.Parse(hire.Number, CultureInfo.InvariantCulture) - FirstNumber);
        for (var until = Environment.TickCount64 + 30_000; Environment.TickCount64 < until; await Task.Delay(100))
        {
            if (Mail.Mail.FirstOrDefault(letter => letter.To.Mailboxes.Any(to => to.Address == address) && letter.Subject?.Contains($"locker {hire.Number}", StringComparison.Ordinal) == true) is { } letter)
                return letter;
        }
        throw new TimeoutException($"No letter about locker {hire.Number} came for {address}.");
    }

    private static string EmailOf(int locker) => string.Create(CultureInfo.InvariantCulture, $"hirer{FirstNumber + locker}@example.in");
}
