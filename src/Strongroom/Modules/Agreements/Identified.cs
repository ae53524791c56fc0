using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements;

internal sealed record DueDiligenceMissing(string Name) : Refusal("agreements.due-diligence-missing", 409, $"The due diligence of {Name} was never done (R0).", "Do it, and note the date of its next review on the person's page.");

internal sealed record DueDiligenceOverdue(string Name) : Refusal("agreements.due-diligence-overdue", 409, $"The due diligence of {Name} is overdue (R0).", "Renew it on the person's page first.");

internal sealed record PersonIsDead(string Name) : Refusal("agreements.person-is-dead", 409, $"{Name} is marked as dead (R55).", "If that is a mistake, have it taken back on the person's page first.");

/// <summary>R0, for every party in whatever capacity.</summary>
internal static class Identified
{
    /// <summary>The review is due on its date: that day it is overdue.</summary>
    public static Refusal? Fault(PersonFacts person, DateOnly today) => person.DueDiligenceReviewOn switch
    {
        null => new DueDiligenceMissing(person.Name),
        { } review when review <= today => new DueDiligenceOverdue(person.Name),
        _ => null,
    };
}
