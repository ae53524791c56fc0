namespace Strongroom.Shared;

/// <summary>
/// A request that a rule turned down. Each refusal is a record of one line beside the slice that gives it.
/// </summary>
/// <param name="Code">Stable, machine-readable: "module.what-is-wrong".</param>
/// <param name="Status">401, 403, 404, 409, 412, 422, 428, 429 or 503.</param>
/// <param name="Title">One plain sentence: what is wrong.</param>
/// <param name="Next">What to do now.</param>
public abstract record Refusal(string Code, int Status, string Title, string Next)
{
    /// <summary>Field of the request that the refusal is about, as the request names it; null when it is about the whole.</summary>
    public string? Field { get; init; }

    /// <summary>Whom and what the refused act concerned, so that the refusal stands in their timelines.</summary>
    public IReadOnlyList<Subject> Subjects { get; init; } = [];
}

public static class RefusalSubjects
{
    public static TRefusal About<TRefusal, TNoun>(this TRefusal refusal, Id<TNoun> id) where TRefusal : Refusal where TNoun : INoun =>
        refusal with { Subjects = [.. refusal.Subjects, Subject.Of(id)] };
}

/// <summary>Something an event is about: the noun's name in lower case, and its id.</summary>
public readonly record struct Subject(string Kind, Guid Id)
{
    public static Subject Of<TNoun>(Id<TNoun> id) where TNoun : INoun => new(KindOf<TNoun>(), id.Value);

    /// <summary>For who listens to whatever happens to things of a kind; no event is about it.</summary>
    public static Subject Any<TNoun>() where TNoun : INoun => new(KindOf<TNoun>(), Guid.Empty);

    /// <summary>Itself, and its kind.</summary>
    internal IEnumerable<Subject> WithItsKind => [this, new(Kind, Guid.Empty)];

    // "BranchDay" → "branch-day".
    public static string KindOf<TNoun>() where TNoun : INoun => Names<TNoun>.Kind;

    private static class Names<TNoun>
    {
        public static readonly string Kind = string.Concat(typeof(TNoun).Name.Select((c, i) =>
            char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));
    }
}

// What any slice can meet.
public sealed record NoSuch(string What) : Refusal("not-found", 404, $"There is no such {What}, or it is not yours to see.", "Check the link or search again.");

public sealed record NotYours() : Refusal("not-allowed", 403, "Your role does not allow this here.", "Ask your manager who may do it.");

public sealed record Stale() : Refusal("stale", 412, "Somebody changed this after you opened it.", "Look at it again and repeat what you meant to do.");

public sealed record VersionMissing() : Refusal("version-missing", 428, "The request does not say which version it changes.", "Send the ETag you read as If-Match.");

public sealed record ChangedMeanwhile() : Refusal("changed-meanwhile", 409, "Somebody else changed the same thing at the same moment.", "Look at it again and repeat what you meant to do.");

public sealed record KeyReused() : Refusal("idempotency-key-reused", 422, "This idempotency key was used for another request.", "Use a new key for a new request.");

public sealed record DoneBefore() : Refusal("done-before", 409, "This was already done, and what it showed is shown only once.", "Start again if you need a new one.");

public sealed record TooBusy() : Refusal("busy", 503, "The database did not answer in time.", "Try again in a few seconds; nothing was changed.");

public sealed record Malformed(string FieldName, string What, string Mend) : Refusal("malformed", 400, What, Mend);
