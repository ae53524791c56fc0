using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Staff;

/// <param name="Until">The last day on which it counts (R19e).</param>
public sealed record RecordTrainingRequest([property: EnumDataType(typeof(TrainingKind))] TrainingKind Kind, DateOnly DoneOn, DateOnly Until);

public sealed record TrainingRecorded(TrainingId Id);

internal sealed record TrainingInFuture() : Refusal("staff.training-in-future", 422, "That day is not over yet.", "Record the training when it was done.");

internal sealed record TrainingEndsTooEarly() : Refusal("staff.training-ends-too-early", 422, "The training would count for no day.", "Enter a last day after the day of the training.");

internal sealed class RecordTraining(StrongroomDb db, Write write)
{
    public Task<Outcome<TrainingRecorded>> Handle(OfficerId id, RecordTrainingRequest request, CancellationToken cancel) =>
        write.Do<TrainingRecorded>("staff.record-training", new { id, request }, async act =>
        {
            if (!act.Actor.MayEverywhere(StaffRights.Write)) return new NotYours();
            var officer = await db.Set<Officer>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.LeftAt == null, cancel);
            if (officer is null) return new NoSuch("officer");
            // A branch's today may be a day ahead of UTC's.
            if (request.DoneOn > DateOnly.FromDateTime(act.Now).AddDays(1)) return new TrainingInFuture { Field = "doneOn" };
            if (request.Until < request.DoneOn) return new TrainingEndsTooEarly { Field = "until" };

            var row = new Training { Id = act.NewId<Noun.Training>(), Officer = id, Kind = request.Kind, DoneOn = request.DoneOn, Until = request.Until };
            db.Add(row);
            db.Append(act, new Event(StaffAudit.TrainingRecorded).About(row.Id).About(id).About(officer.Person)
                .With("kind", request.Kind).With("done", request.DoneOn).With("until", request.Until));
            return new TrainingRecorded(row.Id);
        }, cancel);
}
