using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Printing;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Access.Corrections;
using Strongroom.Modules.Access.Visits;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Web.Lists;

namespace Strongroom.Modules.Access.Registers;

/// <summary>The visit register on paper. What was corrected stands as it was written, drawn through, and beneath it what is right (R19c).</summary>
internal sealed class VisitRegister(StrongroomDb db, CurrentActor current, ReadCorrections corrections) : IRegister
{
    public const string Path = "/desk/visits/pdf";

    public async Task<Register?> Make(BranchFacts branch, RegisterPeriod period, CancellationToken cancel)
    {
        if (!current.Now.MayAt(AccessRights.Read, branch.Id)) return null;
        var (begins, ends) = period.InUtc(branch.Zone);
        var visits = await (from visit in db.Set<Visit>().AsNoTracking()
                            join locker in db.LockerFacts() on visit.Locker equals locker.Id
                            join person in db.PersonFacts() on visit.Operator equals person.Id
                            join officer in db.PersonFacts() on visit.Custodian equals (PersonId?)officer.Id into officers
                            from officer in officers.DefaultIfEmpty()
                            where visit.Branch == branch.Id && visit.ArrivedAt >= begins && visit.ArrivedAt < ends
                            orderby visit.ArrivedAt, visit.Number, visit.Id
                            select new Line
                            {
                                Id = visit.Id,
                                Number = visit.Number,
                                Paper = visit.PaperSlip,
                                Locker = locker.Number,
                                Operator = person.Name,
                                Sign = visit.OperatorSign,
                                Officer = officer.Name,
                                State = visit.State,
                                Arrived = visit.ArrivedAt,
                                Admitted = visit.AdmittedAt,
                                Opened = visit.AloneAt,
                                Locked = visit.LockedAt,
                                Left = visit.EndedAt,
                            }).Take(Register.MostRows + 1).ToListAsync(cancel);
        var corrected = await corrections.Of(branch.Id, begins, ends, cancel);

        PaperCell Cell(Line visit, CorrectedField field, string written) =>
            new(written, corrected[visit.Id].LastOrDefault(correction => correction.Field == field)?.Is);
        string Time(DateTime? at) => at is { } moment ? moment.InZone(branch.Zone).ToString("HH:mm", CultureInfo.InvariantCulture) : "";

        return Register.Of(visits,
            visit => corrected[visit.Id].Any() ? string.Join(" ", corrected[visit.Id].Select(one => Words(one, branch.Zone))) : null,
            ("Date", 1.1f, visit => new(visit.Arrived.InZone(branch.Zone).ToString("d MMM yyyy", CultureInfo.InvariantCulture))),
            ("Slip", 1, visit => new(visit.Paper is { } paper ? $"paper {paper}" : visit.Number.ToString(CultureInfo.InvariantCulture))),
            ("Locker", 0.8f, visit => new(visit.Locker)),
            ("Operated by", 2.2f, visit => Cell(visit, CorrectedField.Operator, visit.Operator)),
            ("Signed", 1, visit => new(visit.Sign is { } sign ? VisitLife.Words(sign) : "")),
            ("In", 0.6f, visit => Cell(visit, CorrectedField.Arrived, Time(visit.Arrived))),
            ("Admitted", 0.8f, visit => new(Time(visit.Admitted))),
            ("Opened", 0.7f, visit => Cell(visit, CorrectedField.Opened, Time(visit.Opened))),
            ("Locked", 0.7f, visit => Cell(visit, CorrectedField.Locked, Time(visit.Locked))),
            ("Out", 0.6f, visit => Cell(visit, CorrectedField.Left, Time(visit.Left))),
            ("Officer", 1.8f, visit => new(visit.Officer ?? "")),
            ("Outcome", 1, visit => new(VisitLife.Words(visit.State))));
    }

    private static string Words(CorrectionLine one, string zone) => string.Create(CultureInfo.InvariantCulture,
        $"Corrected on {one.At.InZone(zone):d MMMM yyyy} by {one.By} and {one.Second}: {CorrectVisit.WordsOf(one.Field)} is {one.Is}, not {one.Was}. {one.Reason}");

    private sealed record Line
    {
        public VisitId Id { get; init; }

        public int Number { get; init; }

        public string? Paper { get; init; }

        public string Locker { get; init; } = "";

        public string Operator { get; init; } = "";

        public OperatorSign? Sign { get; init; }

        public string? Officer { get; init; }

        public VisitState State { get; init; }

        public DateTime Arrived { get; init; }

        public DateTime? Admitted { get; init; }

        public DateTime? Opened { get; init; }

        public DateTime? Locked { get; init; }

        public DateTime? Left { get; init; }
    }
}
