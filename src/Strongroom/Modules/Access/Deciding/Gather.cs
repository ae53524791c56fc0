using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Days;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Keys.Contracts;
using Strongroom.Modules.SignIn.Contracts;
using Strongroom.Modules.Staff.Contracts;

namespace Strongroom.Modules.Access.Deciding;

/// <summary>Reads what the access decision must know. For an admission the guard rows are read first: see <see cref="LeanFirst"/>.</summary>
internal static class Gather
{
    /// <summary>
    /// Day, vault and agreement, tracked, before anything they guard is read: a hold placed, a day closed or a party admitted after this
    /// moves a version, and the admission loses the race. The other way round it would be missed.
    /// </summary>
    public static async Task LeanFirst(this StrongroomDb db, Visit visit, CancellationToken cancel)
    {
        db.LeanOn(await db.Set<BranchDay>().SingleAsync(row => row.Id == visit.Day, cancel));
        await db.LeanOnAgreement(visit.Agreement, cancel);
        await db.CountParties(visit.Vault, 0, cancel);
    }

    /// <param name="custodian">The officer who would admit.</param>
    /// <param name="second">A second officer whose signature was used, if any.</param>
    public static async Task<AccessFacts> Facts(
        this StrongroomDb db, Visit visit, BranchFacts branch, PersonId? custodian, PersonId? second, DateTime now, CancellationToken cancel)
    {
        var today = now.DateIn(branch.Zone);
        var day = await db.Set<BranchDay>().SingleAsync(row => row.Id == visit.Day, cancel);
        var calendar = await db.CalendarAt(branch.Id, now, cancel);
        var vault = await db.VaultFacts().SingleOrDefaultAsync(row => row.Id == visit.Vault, cancel);
        var locker = await db.LockerFacts().SingleOrDefaultAsync(row => row.Id == visit.Locker, cancel);
        var agreement = await db.AgreementFacts().SingleOrDefaultAsync(row => row.Id == visit.Agreement, cancel);
        var holds = await db.HoldsInForce(now).Where(row => row.Agreement == visit.Agreement).Select(row => row.Kind).ToListAsync(cancel);
        var hirers = await db.PartyFacts().Where(row => row.Agreement == visit.Agreement && row.Role == PartyRole.Hirer).Select(row => new { row.Person, row.Position }).ToListAsync(cancel);
        var persons = hirers.ConvertAll(hirer => hirer.Person);
        var dead = await db.MarkedDead().Where(one => persons.Contains(one)).ToListAsync(cancel);
        var mayCome = await db.WhoMayCome(visit.Agreement, today, cancel);
        var concerned = await db.ConcernedBy(visit.Agreement).ToListAsync(cancel);
        var present = await db.Set<VisitPresent>().Where(row => row.Visit == visit.Id).Select(row => row.Person).ToHashSetAsync(cancel);
        present.Add(visit.Operator);
        // Who approves from a phone of their own counts as present, once the signature is there.
        present.UnionWith(await (from approval in db.Set<VisitApproval>() join signature in Signatures.Facts(db) on approval.Signature equals signature.Id where approval.Visit == visit.Id && signature.SignedAt != null select approval.Person).ToListAsync(cancel));
        var firstDay = await db.Set<BranchDay>().Where(row => row.Branch == visit.Branch).MinAsync(row => row.Date, cancel);
        var lastVisit = await db.Set<Visit>().Where(row => row.Locker == visit.Locker && row.AloneAt != null).MaxAsync(row => row.AloneAt, cancel);
        var lastEntry = await db.Set<RegisterEntry>().Where(row => row.Locker == visit.Locker && row.Date <= today).MaxAsync(row => (DateOnly?)row.Date, cancel);
        var person = await db.PersonFacts().SingleOrDefaultAsync(row => row.Id == visit.Operator, cancel);
        var key = await db.KeyFacts().Where(row => row.Locker == visit.Locker && row.Kind == KeyKind.Hirer && row.EndedAt == null).Select(row => row.Embossed).FirstOrDefaultAsync(cancel);
        var holders = await db.CustodyFacts().Where(row => row.Vault == visit.Vault).Select(row => row.Holder).ToListAsync(cancel);
        var openElsewhere = await db.Set<Visit>().AnyAsync(row => row.Locker == visit.Locker && row.Id != visit.Id && row.EndedAt == null, cancel);
        var custodianKin = custodian is { } one ? await db.KinAmong(one, concerned, cancel) : (bool?)null;
        var secondKin = second is { } two && await db.KinAmong(two, concerned, cancel);

        return new()
        {
            Today = today,
            Now = now.TimeIn(branch.Zone),
            DayOpen = day.ClosedAt is null && day.Date == today,
            Hours = calendar.On(today),
            OutOfHours = calendar.IsOutOfHours(today),
            PartyIsInside = await db.OthersInside(visit, cancel),
            LastOpenedOn = lastVisit is { } opened && (lastEntry is null || opened.DateIn(branch.Zone) > lastEntry) ? opened.DateIn(branch.Zone) : lastEntry,
            WatchedSince = agreement is { StartsOn: var began } && began > firstDay ? began : firstDay,
            CodeWord = person is null ? null : visit.CodeWordSaid || !person.HasCodeWord,
            PartiesInside = vault?.PartiesInside,
            PartyLimit = vault?.PartyLimit,
            Holds = holds,
            AgreementInForce = agreement is null ? null : agreement.StartsOn <= today && (agreement.EndedOn is null || today < agreement.EndedOn),
            Mandate = agreement?.Mandate,
            Hirers = [.. hirers.Select(hirer => new HirerHere(hirer.Position, MandateRules.Here(mayCome.Where(one => one.Position == hirer.Position), present), dead.Contains(hirer.Person)))],
            OperatorIsHirer = mayCome.Any(one => one.Person == visit.Operator && one.As != ComesAs.Agent),
            OperatorIsAgent = mayCome.Any(one => one.Person == visit.Operator && one.As == ComesAs.Agent),
            IdentityCheck = visit.IdentityCheck,
            OperatorSign = visit.OperatorSign,
            CustodianHoldsGuardKey = custodian is null ? null : holders.Contains(custodian),
            CustodianIsParty = custodian is null ? null : concerned.Exists(person => person == custodian),
            CustodianIsRelative = custodianKin,
            SecondOfficer = second is not null && second != custodian && !secondKin && concerned.TrueForAll(person => person != second),
            LockerCondition = locker?.Condition,
            LockerOpenElsewhere = openElsewhere,
            DueDiligenceReviewOn = person?.DueDiligenceReviewOn,
            PhotographTakenOn = person?.Photograph is null ? null : person.PhotographTakenOn,
            SignedOn = agreement?.SignedOn,
            CopyDeliveredOn = agreement?.CopyDeliveredOn,
            RentPaidUntil = agreement?.RentPaidUntil,
            Keyless = locker?.Lock == LockKind.Electronic,
            KeyEmbossed = key,
            KeyReportedLost = await db.LockersWithLostKey().AnyAsync(locker => locker == visit.Locker, cancel),
        };
    }

    private static async Task<bool> KinAmong(this StrongroomDb db, PersonId officer, List<PersonId> concerned, CancellationToken cancel)
    {
        var relatives = await db.RelativesOf(officer).ToListAsync(cancel);
        return concerned.Exists(relatives.Contains);
    }
}
