using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Jobs;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

/// <summary>Before its minutes are over: by who has it, who signed for it, or an administrator. Needs no signature: it only takes away.</summary>
internal sealed class EndEmergency(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(EmergencyId id, CancellationToken cancel) =>
        write.Do<Done>("staff.end-emergency", new { id }, async act =>
        {
            var row = await db.Set<Emergency>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (row is null || act.Actor.Person is not { } me || !ReadEmergencies.Concerns(act.Actor, row)) return new NoSuch("emergency");
            if (EmergencyDecision.WhyNotEnd(await ReadEmergencies.Standing(db, row, cancel), me, act.Actor.MayEverywhere(StaffRights.Write), act.Now) is { } refusal) return refusal.About(id);
            db.Add(new EmergencyEvent { Emergency = id, Step = EmergencyStep.Ended, By = me, At = act.Now });
            db.Append(act, BreakGlass.Told(StaffAudit.EmergencyEnded, row).With("by", me == row.Holder ? "holder" : me == row.Second ? "second" : "administrator"));
            return Done.It;
        }, cancel);
}

/// <summary>Writes down which emergencies ended by the clock. They gave nothing any more already; this is for the log, and rings at the branch's screens.</summary>
internal sealed class EndEmergencies(StrongroomDb db, SystemActs acts) : IJob
{
    public const string EveryMinute = "0 * * * * ?";

    public async Task Run(DateTime now, CancellationToken cancel)
    {
        var due = await (
            from row in db.Set<Emergency>().AsNoTracking()
            join opened in db.Set<EmergencyEvent>() on row.Id equals opened.Emergency
            where opened.Step == EmergencyStep.Opened && opened.Until <= now && !db.Set<EmergencyEvent>().Any(one => one.Emergency == row.Id && one.Step == EmergencyStep.Ended)
            orderby opened.Until
            select new { Row = row, opened.Until }).ToListAsync(cancel);
        foreach (var one in due)
        {
            db.ChangeTracker.Clear();
            db.Add(new EmergencyEvent { Emergency = one.Row.Id, Step = EmergencyStep.Ended, By = null, At = one.Until!.Value });
            db.Append(acts.At(now), BreakGlass.Told(StaffAudit.EmergencyEnded, one.Row).With("by", "clock"));
            try
            {
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException raced) when (Collision.Of(raced, db) is Collision.NotUnique)
            {
                // Another node wrote it down, or somebody ended it a moment before.
            }
        }
    }
}
