using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Access.Contracts;

/// <summary>A visit of the old register about to be taken over.</summary>
/// <param name="Source">The imported file.</param>
/// <param name="Line">The line in it, the header being 1.</param>
public sealed record OldVisit(
    LockerId Locker, AgreementId? Agreement, DateOnly Date, TimeOnly? TimeIn, TimeOnly? TimeOut,
    PersonId? Operator, string? OperatedBy, string? Officer, string? Remarks, Guid Source, int Line)
{
    /// <summary>
    /// Made of what the entry says and not of where it stands, so that the same visit in a later copy of the register is recognised. Who came is
    /// compared as written: a hirer who is known by then was a mere name before.
    /// </summary>
    /// <param name="operatorAsWritten">The register's name, folded.</param>
    public Guid Fingerprint(string operatorAsWritten)
    {
        var text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Locker}|{Date:yyyyMMdd}|{TimeIn:HHmmss}|{TimeOut:HHmmss}|{operatorAsWritten}|{Officer}");
        return new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16), bigEndian: true);
    }
}

/// <summary>An entry of the old register as a timeline shows it.</summary>
public sealed record RegisterLine
{
    public Guid Id { get; init; }

    public LockerId Locker { get; init; }

    public AgreementId? Agreement { get; init; }

    public DateOnly Date { get; init; }

    public TimeOnly? TimeIn { get; init; }

    /// <summary>Null when it was not recorded.</summary>
    public TimeOnly? TimeOut { get; init; }

    public PersonId? Operator { get; init; }

    public string? Officer { get; init; }

    public Guid Source { get; init; }

    public int Line { get; init; }
}

public static class RegisterContract
{
    public static IQueryable<RegisterLine> RegisterLines(this StrongroomDb db) => db.Set<RegisterEntry>().AsNoTracking().Select(row => new RegisterLine
    {
        Id = row.Id,
        Locker = row.Locker,
        Agreement = row.Agreement,
        Date = row.Date,
        TimeIn = row.TimeIn,
        TimeOut = row.TimeOut,
        Operator = row.Operator,
        Officer = row.Officer,
        Source = row.Source,
        Line = row.Line,
    });

    /// <summary>Takes an old visit over; what was written by hand is sealed for the bank, because it belongs to nobody we know.</summary>
    public static void TakeOldVisit(this Bulk bulk, Seals seals, Guid fingerprint, OldVisit visit) => bulk.Add(new RegisterEntry
    {
        Id = fingerprint,
        Locker = visit.Locker,
        Agreement = visit.Agreement,
        Date = visit.Date,
        TimeIn = visit.TimeIn,
        TimeOut = visit.TimeOut,
        Operator = visit.Operator,
        OperatedBy = visit.Operator is null ? Seal(seals, RegisterEntry.OperatorPlace, visit.OperatedBy) : null,
        Officer = visit.Officer,
        Remarks = Seal(seals, RegisterEntry.RemarksPlace, visit.Remarks),
        Source = visit.Source,
        Line = visit.Line,
    });

    private static byte[]? Seal(Seals seals, string place, string? words) =>
        string.IsNullOrEmpty(words) ? null : seals.SealForBank(place, Encoding.UTF8.GetBytes(words));
}
