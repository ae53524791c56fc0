using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Web.Desk;

/// <summary>The locker register on paper: each locker of the branch, who holds it under which agreement, and how it is operated.</summary>
internal sealed class LockerRegister(StrongroomDb db, CurrentActor current, TimeProvider clock) : IRegister
{
    public const string Path = "/desk/agreements/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AgreementsRights.Read, branch.Id)) return null;
        var now = clock.UtcNow();
        var today = now.DateIn(branch.Zone);
        var hires = db.AgreementFacts().Where(hire => hire.Branch == branch.Id && hire.EndedOn == null);
        var lockers = await (from locker in db.LockerFacts()
                             join hire in hires on locker.Id equals hire.Locker into all
                             from hire in all.DefaultIfEmpty()
                             where locker.Branch == branch.Id
                             orderby locker.Number.Length, locker.Number, locker.Id
                             select new { locker.Number, locker.Type, locker.CabinetName, Hire = (AgreementId?)hire.Id, Agreement = hire.Number, Mandate = (Mandate?)hire.Mandate, Since = (DateOnly?)hire.StartsOn, hire.RentPaidUntil })
            .Take(Register.MostRows + 1).ToListAsync(cancel);
        var hirers = (await (from party in db.PartyFacts()
                             join hire in hires on party.Agreement equals hire.Id
                             join person in db.PersonFacts() on party.Person equals person.Id
                             orderby party.Position
                             select new { party.Agreement, person.Name }).ToListAsync(cancel)).ToLookup(row => row.Agreement, row => row.Name);
        var agents = (await (from agent in db.AgentFacts()
                             join hire in hires on agent.Agreement equals hire.Id
                             join person in db.PersonFacts() on agent.Person equals person.Id
                             where agent.From <= today && (agent.Until == null || agent.Until >= today)
                             orderby person.Folded
                             select new { agent.Agreement, person.Name }).ToListAsync(cancel)).ToLookup(row => row.Agreement, row => row.Name);
        var held = await (from hold in db.HoldsInForce(now) join hire in hires on hold.Agreement equals hire.Id select hold.Agreement).Distinct().ToListAsync(cancel);

        string Names(ILookup<AgreementId, string> of, AgreementId? hire) => hire is { } id ? string.Join(", ", of[id]) : "";
        string? Day(DateOnly? date) => date?.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
        return Register.Of(lockers,
            ("Locker", 0.9f, row => row.Number),
            ("Type", 0.6f, row => row.Type),
            ("Cabinet", 1, row => row.CabinetName),
            ("Agreement", 1.3f, row => row.Agreement ?? "not let"),
            ("Held by", 3, row => Names(hirers, row.Hire)),
            ("Operated", 1.4f, row => row.Mandate is { } mandate ? MandateWords.Of(mandate) : ""),
            ("By letter of authority", 1.6f, row => Names(agents, row.Hire)),
            ("Since", 1.1f, row => Day(row.Since)),
            ("Rent paid until", 1.1f, row => row.Hire is null ? "" : Day(row.RentPaidUntil) ?? "not known"),
            ("Hold", 0.6f, row => row.Hire is { } id && held.Contains(id) ? "yes" : ""));
    }
}

/// <summary>The register of days served out of hours on paper: who asked, who allowed, and how many visits there were (R19d).</summary>
internal sealed class OutOfHoursRegister(StrongroomDb db, CurrentActor current) : IRegister
{
    public const string Path = "/desk/out-of-hours/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        if (!current.Now.MayAt(BranchesRights.Read, branch.Id)) return null;
        var days = await (from day in db.OutOfHoursFacts()
                          join asked in db.PersonFacts() on day.AskedBy equals (PersonId?)asked.Id into askers
                          from asked in askers.DefaultIfEmpty()
                          join allowed in db.PersonFacts() on day.AllowedBy equals (PersonId?)allowed.Id into allowers
                          from allowed in allowers.DefaultIfEmpty()
                          where day.Branch == branch.Id && day.Date >= period.From && day.Date <= period.Until
                          orderby day.Date
                          select new { day.Date, day.Opens, day.Closes, day.Reason, Asked = asked.Name, Allowed = allowed.Name }).ToListAsync(cancel);
        var (begins, ends) = period.InUtc(branch.Zone);
        var dates = days.ConvertAll(day => day.Date);
        // Days out of hours are few, visits of a year are not: only their time of opening is read, and counted by the branch's own calendar.
        var visits = dates.Count == 0 ? [] : (await db.VisitFacts().Where(visit => visit.Branch == branch.Id && visit.AloneAt >= begins && visit.AloneAt < ends).Select(visit => visit.AloneAt!.Value).ToListAsync(cancel))
            .CountBy(at => at.DateIn(branch.Zone)).ToDictionary();
        string Time(TimeOnly? at) => at?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "";
        return Register.Of(days,
            ("Day", 1.2f, day => day.Date.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)),
            ("From", 0.6f, day => Time(day.Opens)),
            ("Until", 0.6f, day => Time(day.Closes)),
            ("Why", 3, day => day.Reason),
            ("Asked by", 1.8f, day => day.Asked ?? "not recorded"),
            ("Allowed by", 1.8f, day => day.Allowed ?? "not recorded"),
            ("Lockers opened", 1, day => visits.GetValueOrDefault(day.Date).ToString(CultureInfo.InvariantCulture)));
    }
}
