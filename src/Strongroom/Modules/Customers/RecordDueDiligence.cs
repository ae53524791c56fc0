using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Customers;

/// <param name="ReviewOn">The first day on which it must be done again.</param>
public sealed record RecordDueDiligenceRequest([property: Required] DateOnly? ReviewOn);

internal sealed record ReviewNotAhead() : Refusal("customers.review-not-ahead", 422,
    "The next review lies in the past, or more than ten years ahead.", "Enter the date of the next periodic review.");

/// <summary>R0: the officer has identified the person and assessed the risk; the papers lie in the bank's own system.</summary>
internal sealed class RecordDueDiligence(StrongroomDb db, Write write)
{
    private const int YearsAhead = 10;

    public Task<Outcome<Done>> Handle(PersonId id, RecordDueDiligenceRequest request, CancellationToken cancel) =>
        write.Do<Done>("customers.due-diligence", new { id, request }, async act =>
        {
            if (!act.Actor.May(CustomersRights.Write)) return new NotYours();
            var person = await db.Set<Person>().SingleOrDefaultAsync(row => row.Id == id && row.MergedInto == null, cancel);
            if (person is null) return new NoSuch("person");
            if (act.CheckVersion(person) is { } stale) return stale;
            var today = DateOnly.FromDateTime(act.Now);
            var review = request.ReviewOn!.Value;
            if (review <= today || review > today.AddYears(YearsAhead)) return new ReviewNotAhead { Field = nameof(request.ReviewOn) }.About(id);

            person.DueDiligenceReviewOn = review;
            db.Append(act, new Event(CustomersAudit.DueDiligenceDone).About(id).With("until", review));
            return Done.It;
        }, cancel);
}
