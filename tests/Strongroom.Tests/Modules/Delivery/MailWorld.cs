using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Delivery;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Modules.Delivery;

/// <summary>A bank whose mail goes to a server of its own, which is down until a test starts it.</summary>
public class MailWorld<TEngine> : TwoBranches<TEngine>, IAsyncLifetime where TEngine : IEngine
{
    private static readonly AuditKind Queued = new("test.queued", "Queued");
    private readonly MailServer server = new();
    private bool up;

    public PersonId Asha { get; private set; }

    protected override void Configure(WebApplicationBuilder builder) => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["Mail:Host"] = "127.0.0.1",
        ["Mail:Port"] = server.Port.ToString(CultureInfo.InvariantCulture),
        ["Mail:Security"] = "none",
        ["Mail:From"] = "lockers@bank.example",
    });

    protected override async Task Prepare()
    {
        await base.Prepare();
        Asha = await Person("Asha Rao");
    }

    public IReadOnlyList<MimeKit.MimeMessage> MailFor(string address) =>
        [.. server.Mail.Where(mail => mail.To.Mailboxes.Any(to => to.Address == address))];

    public async Task ServerIsUp()
    {
        if (!up) await server.Start();
        up = true;
    }

    public Task<MessageId> Queue(string address, string purpose = "test", Guid? reference = null, string body = "Good morning.", BranchId? branch = null, string subject = "Your locker — ₹") =>
        In(async services =>
        {
            var db = services.GetRequiredService<StrongroomDb>();
            var act = Act(services);
            var id = await db.Queue(act, new NewMessage
            {
                To = Asha,
                Address = address,
                Masked = $"{address[0]}…@example.in",
                Subject = subject,
                Body = body,
                Purpose = purpose,
                Reference = new Subject("visit", reference ?? act.NewGuid()),
                Branch = branch ?? MgRoad,
            }, default);
            db.Append(act, new Event(Queued).About(Asha));
            await db.SaveChangesAsync();
            return id;
        });

    public Task<int> Relay() => App.Services.GetRequiredService<Relay>().RunOnce(Clock.UtcNow(), default);

    internal Task<Message> Message(MessageId id) => Read(db => db.Set<Message>().AsNoTracking().SingleAsync(row => row.Id == id));

    internal Task<List<DeliveryAttempt>> Attempts(MessageId id) =>
        Read(db => db.Set<DeliveryAttempt>().AsNoTracking().Where(row => row.Message == id).OrderBy(row => row.Number).ToListAsync());

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        server.Dispose();
        GC.SuppressFinalize(this);
    }
}
