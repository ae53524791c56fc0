namespace Strongroom.Shared;

/// <summary>A role somebody has, where, and what it lets them do. Without a branch it holds in the whole bank.</summary>
/// <param name="Emergency">Held for minutes, by two signatures and an alarm: it acts, and decides nothing that others asked for.</param>
/// <param name="StandIn">The door to what a colleague handed over: it makes nobody an officer.</param>
public sealed record RoleGrant(string Role, BranchId? Branch, IReadOnlySet<string> Rights, bool Emergency = false, bool StandIn = false);

/// <summary>A program that an administrator let in, and the scopes of the token it came with. It is no person: it signs nothing and approves nothing.</summary>
public sealed record ApiCaller(ClientId Id, IReadOnlySet<string> Scopes);

/// <summary>
/// Who acts. Made anew for each request from the session, the user and the facts of that moment, so that a changed role counts at once.
/// </summary>
public sealed record Actor
{
    public required PersonId? Person { get; init; }

    public required Guid? User { get; init; }

    public SessionId? Session { get; init; }

    /// <summary>Another system of the bank's, with a token of its own; then there is neither person nor user.</summary>
    public ApiCaller? Client { get; init; }

    /// <summary>Shown on screens ("signed in as"); never stored with what the actor does.</summary>
    public string Name { get; init; } = "";

    public IReadOnlyList<RoleGrant> Grants { get; init; } = [];

    /// <summary>The address the request came from, for the log; null for jobs.</summary>
    public string? Address { get; init; }

    /// <summary>The software itself: jobs, relays, set-up verbs. It may do what needs a right: no session is ever its.</summary>
    public static Actor System { get; } = new() { Person = null, User = null, Name = "Strongroom", Software = true };

    public static Actor Nobody(string? address) => new() { Person = null, User = null, Address = address };

    private bool Software { get; init; }

    /// <summary>Has a password and no second factor yet: such a person may enrol one, and nothing else.</summary>
    public bool Enrolling { get; init; }

    /// <summary>Come in by the bank's provider: an officer at work, and nothing of what the person is at home (ADR 33).</summary>
    public bool OfficerOnly { get; init; }

    /// <summary>The person, with what is their own: addresses, consents, what they hire and are told of it; null in a session that is an officer's alone.</summary>
    public PersonId? AtHome => OfficerOnly ? null : Person;

    public bool SignedIn => User is not null && !Enrolling;

    /// <summary>Somebody who can be asked about it afterwards: a signed-in person, or a client.</summary>
    public bool Known => SignedIn || Client is not null;

    /// <summary>Whose idempotency keys and limits these are; null for the software and for nobody.</summary>
    public Guid? Caller => User ?? Client?.Id.Value;

    /// <summary>True if some role grants the right anywhere. Enough for a page's door, not for an act on a branch's rows.</summary>
    public bool May(string right) => Software || Grants.Any(grant => grant.Rights.Contains(right));

    public bool MayAt(string right, BranchId branch) =>
        Software || Grants.Any(grant => grant.Rights.Contains(right) && (grant.Branch is null || grant.Branch == branch));

    /// <summary>The right holds in the whole bank, as what concerns no single branch needs it.</summary>
    public bool MayEverywhere(string right) => BranchesWith(right) is null;

    /// <summary>The branches where the right holds; null means every branch.</summary>
    public IReadOnlyList<BranchId>? BranchesWith(string right)
    {
        if (Software) return null;
        var having = Grants.Where(grant => grant.Rights.Contains(right)).ToList();
        return having.Any(grant => grant.Branch is null) ? null : [.. having.Select(grant => grant.Branch!.Value).Distinct()];
    }
}
