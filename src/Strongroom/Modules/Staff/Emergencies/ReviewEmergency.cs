using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Staff.Emergencies;

public sealed record ReviewEmergencyRequest([property: Required, StringLength(2000, MinimumLength = 10)] string Words);

/// <summary>By an auditor or an administrator who took no part, in words, when it is over. What was done under it they read from the log.</summary>
internal sealed class ReviewEmergency(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(EmergencyId id, ReviewEmergencyRequest request, CancellationToken cancel) =>
        write.Do<Done>("staff.review-emergency", new { id, request }, async act =>
        {
            var row = await db.Set<Emergency>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
            if (row is null || act.Actor.Person is not { } me || !ReadEmergencies.Concerns(act.Actor, row)) return new NoSuch("emergency");
            var standing = await ReadEmergencies.Standing(db, row, cancel);
            if (EmergencyDecision.WhyNotReview(standing, me, act.Actor.MayAt(StaffRights.Review, row.Branch), act.Now) is { } refusal) return refusal.About(id);
            var words = request.Words.Trim();
            db.Add(new EmergencyEvent { Emergency = id, Step = EmergencyStep.Reviewed, By = me, At = act.Now, Words = EmergencyEvent.SealWords(act.Seals, id, words) });
            var over = standing.EndedAt ?? standing.Until!.Value;
            db.Append(act, BreakGlass.Told(StaffAudit.EmergencyReviewed, row).With("in-time", act.Now < over.AddDays(row.ReviewDays) ? "yes" : "no")
                .Withhold("words", words, row.Holder, await act.Seals.KeyOf(db, row.Holder, cancel)));
            return Done.It;
        }, cancel);
}
