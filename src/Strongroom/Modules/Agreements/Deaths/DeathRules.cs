using Strongroom.Modules.Customers.Contracts;

namespace Strongroom.Modules.Agreements.Deaths;

internal sealed record OnlyPeopleDie() : Refusal("agreements.only-people-die", 422, "An organisation cannot die.", "End its hires, or mark the person who acts for it.");

internal sealed record MarkedDeadAlready() : Refusal("agreements.marked-dead-already", 409, "This person is marked as dead already.", "Nothing is left to do; the person's page says since when.");

internal sealed record NotMarkedDead() : Refusal("agreements.not-marked-dead", 409, "This person is not marked as dead.", "Look at the person's page again: somebody has taken it back.");

internal sealed record OfficerInService() : Refusal("agreements.officer-in-service", 409, "This person is an officer in service.", "Head office enters first that they have left.");

internal sealed record DatesDoNotFit(string What) : Refusal("agreements.death-dates-do-not-fit", 422, What, "Read the dates on the document again.");

/// <summary>When a person can be marked as dead, and marked so no more.</summary>
internal static class DeathRules
{
    /// <param name="standing">The person is marked as dead.</param>
    /// <param name="officer">In service: two colleagues must not close a third one's sign-in by declaring them dead.</param>
    /// <param name="paperOn">The document's date.</param>
    /// <param name="today">At the branch.</param>
    public static Refusal? WhyNotMark(PersonKind kind, bool standing, bool officer, DateOnly diedOn, DateOnly paperOn, DateOnly today)
    {
        if (kind == PersonKind.Organisation) return new OnlyPeopleDie();
        if (standing) return new MarkedDeadAlready();
        if (officer) return new OfficerInService();
        if (diedOn > today) return new DatesDoNotFit("The day of death lies in the future.") { Field = nameof(MarkDeadRequest.DiedOn) };
        if (paperOn > today) return new DatesDoNotFit("The document's date lies in the future.") { Field = nameof(MarkDeadRequest.PaperOn) };
        return paperOn < diedOn ? new DatesDoNotFit("The document is older than the death that it proves.") { Field = nameof(MarkDeadRequest.PaperOn) } : null;
    }

    public static Refusal? WhyNotReverse(bool standing) => standing ? null : new NotMarkedDead();

    /// <summary>Whether a letter that ended with the death is given back.</summary>
    /// <param name="open">The hire goes on.</param>
    /// <param name="until">The letter's last day.</param>
    /// <param name="another">Something else stands in its way: a newer letter, another death.</param>
    public static bool GivenBack(bool open, DateOnly? until, bool another, DateOnly today) => open && !another && !(until < today);
}
