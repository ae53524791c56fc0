using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="Until">The last day on which the officer's vault training counts (R19e).</param>
public sealed record SetTrainingRequest(DateOnly Until);

internal sealed class SetTraining(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(OfficerId id, SetTrainingRequest request, CancellationToken cancel) =>
        write.Do<Done>("staff.set-training", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var officer = await db.Set<Officer>().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null) return new NoSuch("officer");
            if (act.CheckVersion(officer) is { } stale) return stale;

            officer.TrainedUntil = request.Until;
            db.Append(act, new Event(StaffAudit.TrainingSet).About(id).About(officer.Person).With("until", request.Until));
            return Done.It;
        }, cancel);
}
