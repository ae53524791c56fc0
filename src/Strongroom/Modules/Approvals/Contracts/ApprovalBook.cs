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

    internal async Task<Outcome<ApprovalCase>> Load(Act act, ApprovalRequest request, CancellationToken cancel) => (await Load(act, [request], cancel))[0];

    /// <summary>
    /// Each of them as it stands now, in their order. What can be asked for all at once is asked once, so that the head of a page costs the same however many wait; what a
    /// kind alone knows, its rows' versions and whose matter it is, is asked of it for each.
    /// </summary>
    internal async Task<IReadOnlyList<Outcome<ApprovalCase>>> Load(Act act, IReadOnlyList<ApprovalRequest> requests, CancellationToken cancel)
    {
        if (requests.Count == 0) return [];
        var ids = requests.Select(request => request.Id).ToList();
        var subjects = (await db.Set<ApprovalSubject>().AsNoTracking().Where(row => ids.Contains(row.Approval)).ToListAsync(cancel)).ToLookup(row => row.Approval, row => row.Person);
        var events = (await db.Set<ApprovalEvent>().AsNoTracking().Where(row => ids.Contains(row.Approval)).OrderBy(row => row.Number).ToListAsync(cancel)).ToLookup(row => row.Approval);
        var reader = act.Actor.Person;
        var handed = await DelegationsTo([.. events.SelectMany(Approvers).Concat(reader is { } me ? [me] : []).Distinct()], act.Now, cancel);
        var who = At(act.Now);

        List<Opened> open = [];
        foreach (var request in requests)
        {
            // Nothing of what somebody altered is read, and of a kind that this program does not know there is nothing to ask.
            if (!request.IsUnaltered(act.Seals, subjects[request.Id]) || acts.Find(request.Kind) is not { } registered) continue;
            var (approve, approvers) = (registered.Kind.Approve, Approvers(events[request.Id]));
            var may = new HashSet<PersonId>();
            if (reader is { } actor && Has(act.Actor, approve, request.Branch)) may.Add(actor);
            foreach (var person in approvers)
                if (person != reader && await who.StillHas(person, approve, request.Branch, cancel)) may.Add(person);
            var inPlace = await who.Holding(handed.Where(one => one.StandIn == reader || approvers.Contains(one.StandIn)), registered.Kind, request.Branch, cancel);
            open.Add(new(request, registered, subjects[request.Id].ToHashSet(), may, inPlace));
        }
        var did = await DidApart(open, cancel);

        List<Outcome<ApprovalCase>> cases = [];
        foreach (var request in requests)
        {
            var about = subjects[request.Id].ToHashSet();
            if (!request.IsUnaltered(act.Seals, about)) cases.Add(new RequestAltered().About(request.Id));
            else if (open.Find(opened => opened.Request == request) is not { } one) cases.Add(new ApprovalCase(request, about, [.. events[request.Id]], new HashSet<PersonId>(), [], new Dictionary<PersonId, string>(), MakerMay: false, BoundHolds: false, AtOnce: false));
            else cases.Add(new ApprovalCase(request, about, [.. events[request.Id]], one.May, one.InPlace, await Apart(act, one, did, cancel),
                // What somebody asks for within an emergency is asked for until it is over.
                await who.StillHas(request.Maker, one.Registered.Kind.Make, request.Branch, cancel, inEmergency: true),
                ApprovalRequest.TextOf(await one.Registered.Bound(scope, request.PayloadBy(act.Seals), cancel)) == request.Bound,
                one.Registered.AtOnce));
        }
        return cases;
    }

    private static List<PersonId> Approvers(IEnumerable<ApprovalEvent> events) => [.. events.Where(one => one is { Step: ApprovalStep.Approved, By: not null }).Select(one => one.By!.Value).Distinct()];

    /// <summary>A request of a kind that this program knows, and who may decide it now.</summary>
    private sealed record Opened(ApprovalRequest Request, ApprovedAct Registered, HashSet<PersonId> Subjects, HashSet<PersonId> May, List<StandIn> InPlace)
    {
        public HashSet<PersonId> Persons { get; } = [.. May, .. InPlace.SelectMany(one => new[] { one.By, one.For })];

        /// <summary>Whom and what it is about, to which its approvers must not have done what belongs apart.</summary>
        public HashSet<Guid> Things { get; } = [.. Subjects.Select(person => person.Value), .. Request.BoundRows.Where(row => row.Thing is not null).Select(row => row.Thing!.Value)];
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
        return Has(person, kind.Read, request.Branch) || Has(person, kind.Approve, request.Branch) || (await At(now).Holding(handed, kind, request.Branch, cancel)).Count > 0;
    }

    /// <summary>Delegations to these persons that are signed, have begun and are not over.</summary>
    internal async Task<IReadOnlyList<Delegation>> DelegationsTo(IReadOnlyList<PersonId> persons, DateTime now, CancellationToken cancel) =>
        await db.Set<Delegation>().AsNoTracking().Where(row => persons.Contains(row.StandIn)).InForce(db, now).ToListAsync(cancel);

    /// <summary>
    /// Which kinds this person decides as a stand-in at this moment, and where: as far as each delegator reaches in their own right. The same as
    /// <see cref="WhoMayNow.Holding"/> says of one request, for a condition that the database can ask.
    /// </summary>
    internal async Task<IReadOnlyList<Reach>> ReachAsStandIn(PersonId person, DateTime now, CancellationToken cancel)
    {
        List<Reach> reach = [];
        var who = At(now);
        foreach (var one in await DelegationsTo([person], now, cancel))
        {
            if (await who.StillIs(one.Delegator, cancel) is not { } delegator) continue;
            foreach (var kind in acts.Kinds.Where(kind => one.Covers(kind.Name, one.Branch)))
            {
                var branches = InOwnRight(delegator).BranchesWith(kind.Approve);
                if (one.Branch is { } only) branches = branches is null || branches.Contains(only) ? [only] : [];
                if (branches is { Count: 0 } || !(await who.Fit(one.Delegator, kind.Approve, one.Branch, cancel)).Contains(person)) continue;
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
        var who = At(now);
        foreach (var kind in kinds)
            if (!await who.StillHas(person, kind.Approve, branch, cancel)) return false;
        return true;
    }

    private WhoMayNow At(DateTime now) => new(db, roles, standIns, now);

    internal ApprovalKind? KindOf(ApprovalRequest request) => acts.Find(request.Kind)?.Kind;

    /// <summary>What lists call a kind; its name where this program does not know it.</summary>
    internal string TitleOf(string kind) => acts.Find(kind)?.Kind.Title ?? kind;

    internal static Event Told(AuditKind kind, ApprovalCase one) => new Event(kind).About(one.Request.Id).About(one.Request.Branch).About(one.Request.Maker)
        .About(one.Subjects.Select(Subject.Of)).With("act", one.Request.Kind).With("request", Convert.ToHexStringLower(one.Request.Hash));

    private ApprovedAct Registered(string kind) => acts.Find(kind) ?? throw new InvalidOperationException($"{kind} is not registered by AddApproved.");

    /// <summary>The same person without what an emergency lends them: it makes nobody a checker of what others ask for.</summary>
    internal static Actor InOwnRight(Actor person) => person.Grants.Any(grant => grant.Emergency) ? person with { Grants = [.. person.Grants.Where(grant => !grant.Emergency)] } : person;

    internal static bool Has(Actor person, string right, BranchId? branch, bool inEmergency = false)
    {
        var counted = inEmergency ? person : InOwnRight(person);
        return branch is { } at ? counted.MayAt(right, at) : counted.MayEverywhere(right);
    }

    private async Task<IReadOnlyDictionary<PersonId, string>> Apart(Act act, Opened one, IReadOnlyList<Did> did, CancellationToken cancel)
    {
        var words = new Dictionary<PersonId, string>();
        if (one.Persons.Count == 0) return words;
        foreach (var each in did.Where(each => one.Things.Contains(each.Thing) && one.Persons.Contains(each.Person)))
            if (one.Registered.Kind.Apart.FirstOrDefault(apart => apart.Done.Name == each.Kind) is { } apart && (apart.Within is null || act.Now < each.At + apart.Within)) words[each.Person] = apart.Words;
        foreach (var (person, why) in await one.Registered.Apart(scope, one.Request.PayloadBy(act.Seals), one.Persons, cancel)) words[person] = why;
        return words;
    }

    private sealed record Did(Guid Thing, PersonId Person, string Kind, DateTime At);

    /// <summary>What those who may decide these requests did to what they are about, of what belongs apart from some of them.</summary>
    private async Task<IReadOnlyList<Did>> DidApart(IReadOnlyList<Opened> all, CancellationToken cancel)
    {
        var some = all.Where(one => one.Registered.Kind.Apart.Count > 0 && one.Persons.Count > 0).ToList();
        if (some.Count == 0) return [];
        var names = some.SelectMany(one => one.Registered.Kind.Apart).Select(apart => apart.Done.Name).Distinct().ToList();
        var things = some.SelectMany(one => one.Things).Distinct().ToList();
        var among = some.SelectMany(one => one.Persons).Distinct().Select(person => (PersonId?)person).ToList();
        return await (
            from about in db.EventAbouts()
            where things.Contains(about.Id)
            join happened in db.EventFacts() on about.Event equals happened.Id
            where names.Contains(happened.Kind) && among.Contains(happened.Actor)
            select new Did(about.Id, happened.Actor!.Value, happened.Kind, happened.At)).ToListAsync(cancel);
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
}
