using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Data;
using Strongroom.Data.Sealing;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Audit;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Measure;

/// <summary>
/// One write of a visit in this process, with its audit event and without: the visit is read and changed, the idempotency key noted, all saved at once.
/// The rule that no save goes without an event stands, so the write without one carries a mark, which is taken out of the save at the last moment.
/// </summary>
internal sealed class AuditCost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly BenchBank bank;
    private readonly Actor officer;
    private long keys;

    public AuditCost(BenchBank bank)
    {
        this.bank = bank;
        officer = new Actor { Person = bank.Officer, User = bank.Officer.Value, Address = "127.0.0.1" };
        app = StrongroomApp.Build(
            ["--data", bank.Data, "--ConnectionStrings:Strongroom", bank.Connection, "--environment", "Development", "--Logging:LogLevel:Default", "Warning"],
            builder => builder.Services.AddSingleton<IInterceptor>(new TakeOutTheMark()));
    }

    public async Task Write(int client, bool audited)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var db = services.GetRequiredService<StrongroomDb>();
        var act = new Act(officer, TimeProvider.System.UtcNow(), services.GetRequiredService<Ids>(), services.GetRequiredService<Seals>(), services.GetRequiredService<Listeners>());

        var id = bank.Seats[client].Visit.Id;
        var visit = await db.Set<Visit>().SingleAsync(row => row.Id == id);
        (visit.IdentifiedAt, visit.IdentifiedBy) = (act.Now, officer.Person);
        (visit.IdentityCheck, visit.OperatorSign) = (IdentityCheck.PhotographCompared, OperatorSign.SlipSigned);
        db.Add(new IdempotencyRow
        {
            Owner = officer.User!.Value,
            Key = string.Create(CultureInfo.InvariantCulture, $"in-process-{Interlocked.Increment(ref keys)}"),
            Fingerprint = new byte[32],
            Answer = "{}",
            At = act.Now,
        });
        if (audited) db.Append(act, new Event(AccessAudit.Identified).About(visit).With("check", IdentityCheck.PhotographCompared).With("sign", OperatorSign.SlipSigned));
        else db.Add(TakeOutTheMark.New(act));
        await db.SaveChangesAsync();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class TakeOutTheMark : SaveChangesInterceptor
    {
        private const string Kind = "bench.no-event";

        public static AuditEvent New(Act act) => new() { Id = act.NewId<Noun.Event>(), At = act.Now, Kind = Kind, Actor = null, Body = [], LeafHash = [] };

        public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
            DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (eventData.Context!.ChangeTracker.Entries<AuditEvent>().FirstOrDefault(entry => entry.Entity.Kind == Kind) is { } mark)
                mark.State = EntityState.Detached;
            return ValueTask.FromResult(result);
        }
    }
}
