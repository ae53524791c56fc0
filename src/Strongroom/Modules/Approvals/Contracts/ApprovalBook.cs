using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Approvals.Delegations;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.SignIn.Contracts;

namespace Strongroom.Modules.Approvals.Contracts;

/// <summary>
/// Requests that wait for other people. A request is made in the act of the module that asks, approved by others under their signatures, and carried out
/// once, for exactly what was asked, as long as every row it touches is as it was.
/// </summary>
public sealed class ApprovalBook
{
    private readonly StrongroomDb db;
    private readonly IServiceProvider scope;
    private readonly ApprovedActs acts;
    private readonly IEnumerable<IRoleSource> roles;
    private readonly IStandIns standIns;

    internal ApprovalBook(StrongroomDb db, IServiceProvider scope, ApprovedActs acts, IEnumerable<IRoleSource> roles, IStandIns standIns) =>
        (this.db, this.scope, this.acts, this.roles, this.standIns) = (db, scope, acts, roles, standIns);

    /// <summary>
    /// True as long as no second person ever had this right in the whole bank: the first administrator sets the bank up alone. Once there was a second one it is
    /// false for ever, so that nobody comes to decide alone by taking the right away from the others.
    /// </summary>
    public async Task<bool> NobodyElseYet(string right, CancellationToken cancel)
    {
        var persons = new HashSet<PersonId>();
        foreach (var source in roles) persons.UnionWith(await source.EverHolding(right, cancel));
        return persons.Count < 2;
    }

    /// <summary>Makes a request in the caller's act, on behalf of its actor. The caller has asked for the right, and looked whether the act could be done now.</summary>
    /// <exception cref="ArgumentException">Nobody asks, or nobody else is needed: then it is no request.</exception>
    public async Task<ApprovalId> Ask<TAct, TPayload>(Act act, ToApprove<TPayload> what, CancellationToken cancel) where TAct : class, IApprovedAct<TPayload> where TPayload : class
    {
        var maker = act.Actor.Person ?? throw new ArgumentException("Only a person can ask for an approval.", nameof(act));
        if (what.Needed < 1) throw new ArgumentException("A request needs one other person at least.", nameof(what));
        if (what.Life <= TimeSpan.Zero) throw new ArgumentException("A request must live.", nameof(what));
        var payload = CanonicalPayload.Encode(what.Payload);
        var bound = ApprovalRequest.TextOf(await Registered(TAct.Kind.Name).Bound(scope, payload, cancel));
        var subjects = what.Subjects.Distinct().ToList();
        var request = ApprovalRequest.Made(act, maker, TAct.Kind, what.Branch, subjects, payload, what.Words, bound, what.Needed, what.Life);
        db.Add(request);
        db.AddRange(subjects.Select(person => new ApprovalSubject { Approval = request.Id, Person = person }));
        db.Append(act, new Event(ApprovalsAudit.Made).About(request.Id).About(request.Branch).About(maker).About(subjects.Select(Subject.Of))
            .With("act", request.Kind).With("needed", request.Needed).With("request", Convert.ToHexStringLower(request.Hash)));
        return request.Id;
    }

    /// <summary>What this actor asked for, word for word, to be used by them.</summary>
    public async Task<Outcome<TPayload>> Asked<TAct, TPayload>(Act act, ApprovalId id, CancellationToken cancel) where TAct : class, IApprovedAct<TPayload> where TPayload : class
    {
        if ((await Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
        if (one.Request.Kind != TAct.Kind.Name) return new NoSuch("request");
        return one.Request.Maker == act.Actor.Person ? CanonicalPayload.Decode<TPayload>(one.Request.PayloadBy(act.Seals)) : new NotTheMaker().About(id);
    }

    /// <summary>
    /// Uses an approved request up for the caller's act: it must have been made by this actor, of this kind and payload, and be approved by as many as are needed
    /// who still may, its rows untouched. The caller then does it in the same act, and leans on the rows that it read.
    /// </summary>
    public async Task<Outcome<UsedApproval>> Use<TAct, TPayload>(Act act, ApprovalId id, TPayload payload, CancellationToken cancel)
        where TAct : class, IApprovedAct<TPayload> where TPayload : class
    {
        if ((await Find(act, id, cancel)).Refused(out var refusal, out var one)) return refusal;
        if (one.Request.Kind != TAct.Kind.Name || !CanonicalPayload.Encode(payload).AsSpan().SequenceEqual(one.Request.PayloadBy(act.Seals))) return new SignedSomethingElse().About(id);
        if (ApprovalLife.Use(one, act.Actor.Person!.Value, act.Now).Refused(out refusal, out var used)) return refusal.About(id);
        var approvers = ApprovalLife.Approvers(one, one.Events).ToList();
        if (TAct.Kind.Sealed && !await AreSealed(id, approvers, cancel)) return new NotSealedYet().About(id);
        db.Add(used);
        db.Append(act, Told(ApprovalsAudit.Used, one).About(approvers.Select(Subject.Of)));
        return new UsedApproval(id, approvers);
    }

    /// <summary>A request that its reader may see, with what its next step leans on.</summary>
    internal async Task<Outcome<ApprovalCase>> Find(Act act, ApprovalId id, CancellationToken cancel)
    {
        var request = await db.Set<ApprovalRequest>().AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (request is null || act.Actor.Person is not { } me) return new NoSuch("request");
        return await Reads(act.Actor, request, await DelegationsTo([me], act.Now, cancel), act.Now, cancel) ? await Load(act, request, cancel) : new NoSuch("request");
    }

    internal async Task<Outcome<ApprovalCase>> Load(Act act, ApprovalRequest request, CancellationToken cancel)
    {
        var subjects = await db.Set<ApprovalSubject>().AsNoTracking().Where(row => row.Approval == request.Id).Select(row => row.Person).ToHashSetAsync(cancel);
        if (!request.IsUnaltered(act.Seals, subjects)) return new RequestAltered().About(request.Id);
        var events = await db.Set<ApprovalEvent>().AsNoTracking().Where(row => row.Approval == request.Id).OrderBy(row => row.Number).ToListAsync(cancel);

        if (acts.Find(request.Kind) is not { } registered) return new ApprovalCase(request, subjects, events, new HashSet<PersonId>(), [], new Dictionary<PersonId, string>(), MakerMay: false, BoundHolds: false, AtOnce: false);
        var may = new HashSet<PersonId>();
        if (act.Actor.Person is { } actor && Has(act.Actor, registered.Kind.Approve, request.Branch)) may.Add(actor);
        var approvers = events.Where(one => one is { Step: ApprovalStep.Approved, By: not null }).Select(one => one.By!.Value).Distinct().ToList();
        foreach (var person in approvers)
            if (person != act.Actor.Person && await StillHas(person, registered.Kind.Approve, request.Branch, act.Now, cancel)) may.Add(person);
        var handed = await DelegationsTo(act.Actor.Person is { } reader ? [.. approvers, reader] : approvers, act.Now, cancel);
        var inPlace = await Holding(handed, registered.Kind, request.Branch, act.Now, cancel);
        var persons = may.Concat(inPlace.SelectMany(one => new[] { one.By, one.For })).ToHashSet();
        return new ApprovalCase(request, subjects, events, may, inPlace, await Apart(act, registered, request, subjects, persons, cancel),
            // What somebody asks for within an emergency is asked for until it is over.
            await StillHas(request.Maker, registered.Kind.Make, request.Branch, act.Now, cancel, inEmergency: true),
            ApprovalRequest.TextOf(await registered.Bound(scope, request.PayloadBy(act.Seals), cancel)) == request.Bound,
            registered.AtOnce);
    }

    /// <summary>Does what the last approval allows, in its act.</summary>
    internal Task<Refusal?> CarryOut(Act act, ApprovalRequest request, CancellationToken cancel) =>
        Registered(request.Kind).CarryOut!(scope, act, request.PayloadBy(act.Seals), cancel);

    /// <summary>Whether a request is this person's to see: they made it, or have its kind's right to read or to approve where it stands, or stand in for somebody who approves it.</summary>
    /// <param name="handed">Delegations to them that are in force.</param>
    internal async Task<bool> Reads(Actor person, ApprovalRequest request, IReadOnlyList<Delegation> handed, DateTime now, CancellationToken cancel)
    {
        if (request.Maker == person.Person) return true;
        if (acts.Find(request.Kind) is not { Kind: var kind }) return false;
        return Has(person, kind.Read, request.Branch) || Has(person, kind.Approve, request.Branch) || (await Holding(handed, kind, request.Branch, now, cancel)).Count > 0;
    }

    /// <summary>Delegations to these persons that are signed, have begun and are not over.</summary>
    internal async Task<IReadOnlyList<Delegation>> DelegationsTo(IReadOnlyList<PersonId> persons, DateTime now, CancellationToken cancel) =>
        await db.Set<Delegation>().AsNoTracking().Where(row => persons.Contains(row.StandIn)).InForce(db, now).ToListAsync(cancel);

    /// <summary>
    /// Which kinds this person decides as a stand-in at this moment, and where: as far as each delegator reaches in their own right. The same as
    /// <see cref="Holding"/> says of one request, for a condition that the database can ask.
    /// </summary>
    internal async Task<IReadOnlyList<Reach>> ReachAsStandIn(PersonId person, DateTime now, CancellationToken cancel)
    {
        List<Reach> reach = [];
        foreach (var one in await DelegationsTo([person], now, cancel))
        {
            if (await StillIs(one.Delegator, now, cancel) is not { } delegator) continue;
            foreach (var kind in acts.Kinds.Where(kind => one.Covers(kind.Name, one.Branch)))
            {
                var branches = InOwnRight(delegator).BranchesWith(kind.Approve);
                if (one.Branch is { } only) branches = branches is null || branches.Contains(only) ? [only] : [];
                if (branches is { Count: 0 } || !(await standIns.Fit(one.Delegator, kind.Approve, one.Branch, now, cancel)).Contains(person)) continue;
                reach.Add(new(kind.Name, branches));
            }
        }
        return reach;
    }

    /// <summary>Kinds that this person approves there in their own right: neither a stand-in's nor an emergency's right is theirs to hand on.</summary>
    internal IReadOnlyList<ApprovalKind> Approves(Actor person, BranchId? branch) => [.. acts.Kinds.Where(kind => Has(person, kind.Approve, branch)).OrderBy(kind => kind.Name, StringComparer.Ordinal)];

    /// <summary>Who approves some kind in their own right somewhere; null stands for every branch.</summary>
    internal IReadOnlyList<BranchId>? ApprovesAt(Actor person)
    {
        var own = InOwnRight(person);
        HashSet<BranchId> at = [];
        foreach (var kind in acts.Kinds)
        {
            if (own.BranchesWith(kind.Approve) is not { } branches) return null;
            at.UnionWith(branches);
        }
        return [.. at];
    }

    /// <summary>Who may stand in for this person there. That somebody approves it all anyway is not looked at here (<see cref="ApprovesAnyway"/>).</summary>
    /// <param name="every">For each of these kinds; otherwise for one of them at least.</param>
    internal async Task<IReadOnlySet<PersonId>> MayStandIn(PersonId delegator, IReadOnlyList<ApprovalKind> kinds, bool every, BranchId? branch, DateTime now, CancellationToken cancel)
    {
        HashSet<PersonId>? fit = null;
        foreach (var kind in kinds)
        {
            var one = await standIns.Fit(delegator, kind.Approve, branch, now, cancel);
            if (fit is null) fit = [.. one];
            else if (every) fit.IntersectWith(one);
            else fit.UnionWith(one);
        }
        return fit ?? [];
    }

    /// <summary>Whether somebody approves all of these there without anybody's delegation.</summary>
    internal async Task<bool> ApprovesAnyway(PersonId person, IReadOnlyList<ApprovalKind> kinds, BranchId? branch, DateTime now, CancellationToken cancel)
    {
        foreach (var kind in kinds)
            if (!await StillHas(person, kind.Approve, branch, now, cancel)) return false;
        return true;
    }

    // A delegation holds for a request as long as its giver could decide it and its taker may stand in: looked up anew each time, as approvals are.
    private async Task<List<StandIn>> Holding(IReadOnlyList<Delegation> handed, ApprovalKind kind, BranchId? branch, DateTime now, CancellationToken cancel)
    {
        List<StandIn> holding = [];
        foreach (var one in handed.Where(one => one.Covers(kind.Name, branch)))
        {
            if (await StillHas(one.Delegator, kind.Approve, branch, now, cancel) && (await standIns.Fit(one.Delegator, kind.Approve, one.Branch, now, cancel)).Contains(one.StandIn))
                holding.Add(new(one.Id, one.StandIn, one.Delegator));
        }
        return holding;
    }

    internal ApprovalKind? KindOf(ApprovalRequest request) => acts.Find(request.Kind)?.Kind;

    /// <summary>What lists call a kind; its name where this program does not know it.</summary>
    internal string TitleOf(string kind) => acts.Find(kind)?.Kind.Title ?? kind;

    internal static Event Told(AuditKind kind, ApprovalCase one) => new Event(kind).About(one.Request.Id).About(one.Request.Branch).About(one.Request.Maker)
        .About(one.Subjects.Select(Subject.Of)).With("act", one.Request.Kind).With("request", Convert.ToHexStringLower(one.Request.Hash));

    private ApprovedAct Registered(string kind) => acts.Find(kind) ?? throw new InvalidOperationException($"{kind} is not registered by AddApproved.");

    /// <summary>The same person without what an emergency lends them: it makes nobody a checker of what others ask for.</summary>
    internal static Actor InOwnRight(Actor person) => person.Grants.Any(grant => grant.Emergency) ? person with { Grants = [.. person.Grants.Where(grant => !grant.Emergency)] } : person;

    private static bool Has(Actor person, string right, BranchId? branch, bool inEmergency = false)
    {
        var counted = inEmergency ? person : InOwnRight(person);
        return branch is { } at ? counted.MayAt(right, at) : counted.MayEverywhere(right);
    }

    private async Task<IReadOnlyDictionary<PersonId, string>> Apart(
        Act act, ApprovedAct registered, ApprovalRequest request, HashSet<PersonId> subjects, HashSet<PersonId> persons, CancellationToken cancel)
    {
        if (persons.Count == 0) return new Dictionary<PersonId, string>();
        var did = await DidApart(registered.Kind, request, subjects, persons, act.Now, cancel);
        foreach (var (person, words) in await registered.Apart(scope, request.PayloadBy(act.Seals), persons, cancel)) did[person] = words;
        return did;
    }

    private async Task<Dictionary<PersonId, string>> DidApart(
        ApprovalKind kind, ApprovalRequest request, HashSet<PersonId> subjects, HashSet<PersonId> persons, DateTime now, CancellationToken cancel)
    {
        var did = new Dictionary<PersonId, string>();
        if (kind.Apart.Count == 0) return did;
        var things = subjects.Select(person => person.Value).Concat(request.BoundRows.Where(row => row.Thing is not null).Select(row => row.Thing!.Value)).ToList();
        var (names, among) = (kind.Apart.Select(apart => apart.Done.Name).ToList(), persons.Select(person => (PersonId?)person).ToList());
        var acts = await (
            from about in db.EventAbouts()
            where things.Contains(about.Id)
            join happened in db.EventFacts() on about.Event equals happened.Id
            where names.Contains(happened.Kind) && among.Contains(happened.Actor)
            select new { Person = happened.Actor, happened.Kind, happened.At }).ToListAsync(cancel);
        foreach (var act in acts)
            if (kind.Apart.First(apart => apart.Done.Name == act.Kind) is var apart && (apart.Within is null || now < act.At + apart.Within)) did[act.Person!.Value] = apart.Words;
        return did;
    }

    /// <summary>Whether each of these approvals is in the log that everybody can read: one that could still be cut off without a trace opens nothing.</summary>
    private async Task<bool> AreSealed(ApprovalId id, List<PersonId> approvers, CancellationToken cancel)
    {
        var request = Subject.Of(id);
        var approved = await (
            from about in db.EventAbouts()
            where about.Kind == request.Kind && about.Id == request.Id
            join happened in db.EventFacts() on about.Event equals happened.Id
            where happened.Kind == ApprovalsAudit.Approved.Name
            select new { happened.Id, happened.Actor }).ToListAsync(cancel);
        var published = await scope.GetRequiredService<LogProofs>().Published(approved.ConvertAll(one => one.Id), cancel);
        return approvers.TrueForAll(person => approved.Exists(one => one.Actor == person && published.Contains(one.Id)));
    }

    // An approval counts as long as its giver could give it again: who was disabled or lost the right meanwhile has not approved.
    private async Task<bool> StillHas(PersonId person, string right, BranchId? branch, DateTime now, CancellationToken cancel, bool inEmergency = false) =>
        await StillIs(person, now, cancel) is { } still && Has(still, right, branch, inEmergency);

    /// <summary>With the roles of this moment; null who cannot sign in.</summary>
    private async Task<Actor?> StillIs(PersonId person, DateTime now, CancellationToken cancel)
    {
        if (!await db.UserFacts().AnyAsync(user => user.Person == person && !user.Disabled, cancel)) return null;
        List<RoleGrant> grants = [];
        foreach (var source in roles) grants.AddRange(await source.GrantsOf(person, now, cancel));
        return new Actor { Person = person, User = null, Grants = grants };
    }
}
