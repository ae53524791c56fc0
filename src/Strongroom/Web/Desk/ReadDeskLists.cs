using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Lists;
using Strongroom.Web.Widgets;

namespace Strongroom.Web.Desk;

/// <summary>A branch's lockers and hires, page by page in the order that the address asks for; the file has the same in the same order.</summary>
internal sealed class ReadDeskLists(StrongroomDb db, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<(IReadOnlyList<StandingLocker> Rows, int Total)> Lockers(BranchId branch, ListQuery list, int take, CancellationToken cancel)
    {
        var lockers = db.LockerFacts().Where(locker => locker.Branch == branch);
        // Numbers are text; the shorter stands before the longer, so that 2 comes before 10.
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("type", false) => lockers.OrderBy(locker => locker.Type).ThenBy(locker => locker.Number.Length).ThenBy(locker => locker.Number),
            ("type", true) => lockers.OrderByDescending(locker => locker.Type).ThenBy(locker => locker.Number.Length).ThenBy(locker => locker.Number),
            ("cabinet", false) => lockers.OrderBy(locker => locker.CabinetName).ThenBy(locker => locker.Row).ThenBy(locker => locker.Column),
            ("cabinet", true) => lockers.OrderByDescending(locker => locker.CabinetName).ThenBy(locker => locker.Row).ThenBy(locker => locker.Column),
            (_, true) => lockers.OrderByDescending(locker => locker.Number.Length).ThenByDescending(locker => locker.Number),
            _ => lockers.OrderBy(locker => locker.Number.Length).ThenBy(locker => locker.Number),
        };
        var page = await ordered.ThenBy(locker => locker.Id).Skip(list.Skip(PageSize)).Take(take).ToListAsync(cancel);
        return (await db.Standing(page, clock.UtcNow(), cancel), await lockers.CountAsync(cancel));
    }

    public async Task<(IReadOnlyList<HireLine> Rows, int Total)> Hires(BranchId branch, bool ended, ListQuery list, int take, CancellationToken cancel)
    {
        var hires = from line in db.AgreementLines(clock.UtcNow())
                    join party in db.PartyFacts() on new { Agreement = line.Id, line.Person } equals new { party.Agreement, party.Person }
                    join person in db.PersonFacts() on line.Person equals person.Id
                    where line.Branch == branch && party.Position == 1 && (line.EndedOn != null) == ended
                    select new HireLine
                    {
                        Id = line.Id,
                        Number = line.Number,
                        Locker = line.LockerNumber,
                        LockerId = line.Locker,
                        Person = line.Person,
                        Hirer = person.Name,
                        StartsOn = line.StartsOn,
                        EndedOn = line.EndedOn,
                        RentPaidUntil = line.RentPaidUntil,
                        Held = line.Held,
                    };
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("locker", false) => hires.OrderBy(hire => hire.Locker.Length).ThenBy(hire => hire.Locker),
            ("locker", true) => hires.OrderByDescending(hire => hire.Locker.Length).ThenByDescending(hire => hire.Locker),
            ("hirer", false) => hires.OrderBy(hire => hire.Hirer),
            ("hirer", true) => hires.OrderByDescending(hire => hire.Hirer),
            ("since", false) => hires.OrderBy(hire => hire.StartsOn),
            ("since", true) => hires.OrderByDescending(hire => hire.StartsOn),
            ("paid", false) => hires.OrderBy(hire => hire.RentPaidUntil),
            ("paid", true) => hires.OrderByDescending(hire => hire.RentPaidUntil),
            (_, true) => hires.OrderByDescending(hire => hire.Number),
            _ => hires.OrderBy(hire => hire.Number),
        };
        return (await ordered.ThenBy(hire => hire.Id).Skip(list.Skip(PageSize)).Take(take).ToListAsync(cancel), await hires.OrderBy(hire => hire.Id).Take(ListQuery.Countable + 1).CountAsync(cancel));
    }
}

/// <summary>An agreement with its first hirer.</summary>
public sealed record HireLine
{
    public AgreementId Id { get; init; }

    public string Number { get; init; } = "";

    public string Locker { get; init; } = "";

    public LockerId LockerId { get; init; }

    public PersonId Person { get; init; }

    public string Hirer { get; init; } = "";

    public DateOnly StartsOn { get; init; }

    public DateOnly? EndedOn { get; init; }

    public DateOnly? RentPaidUntil { get; init; }

    public bool Held { get; init; }
}
