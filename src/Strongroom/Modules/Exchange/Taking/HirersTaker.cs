using Strongroom.Data;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Customers.Contracts;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>hirers.csv: who has which locker, together with whom, and on what terms.</summary>
internal sealed class HirersTaker(KnownBank bank, KnownPeople people, DateTime now) : IRowTaker
{
    private const int UsuallyAtMost = 5;

    /// <summary>How long due diligence lasts for a customer of low risk; the branch reviews others earlier.</summary>
    private const int DueDiligenceYears = 10;

    private static readonly char[] BetweenNumbers = ['/', ',', ';', '\n'];

    public async Task Prepare(StrongroomDb db, IReadOnlyList<RowView> rows, CancellationToken cancel)
    {
        await bank.Load(db, rows.Select(row => row[Column.BranchCode]).OfType<string>(), cancel);
        await people.Load(db, rows.Select(KnownPeople.CifOf).OfType<string>(), cancel);
    }

    public Fate Take(RowView row, Batch batch)
    {
        if (BranchOf(bank, row) is not { } branch) return Fate.Rejected;
        var today = now.DateIn(branch.Zone);
        var locker = branch.Find(row);
        row.Locker = locker?.Id;
        var names = NameReading.Hirers(row[Column.Hirers] ?? "");
        if (names.Count == 0) row.Error(Column.Hirers, "There is no hirer's name.");
        // The whole row is looked at before any of it is taken: what is wrong is told at once, also of a row that another error rejects.
        var startsOn = StartOf(row, today);
        var terms = TermsOf(row, names, today);
        var reach = ReachOf(row, branch);
        var cif = KnownPeople.CifOf(row);
        if (row[Column.Cif] is not null && cif is null) row.Warn(Column.Cif, "The customer number cannot be used; the hirer is entered without one.");
        if (locker is null || row.Failed) return Fate.Rejected;
        if (locker.Said == SaidStatus.Vacant) row.Warn(Column.Locker, "The locker register calls this locker vacant; the hire counts.");
        if (Known(row, locker, names[0], cif, startsOn) is { } settled) return settled;

        var first = FirstHirer(row, branch, batch, names[0], cif, terms.DueDiligenceOn, reach);
        row.Person = first.Taken.Id;
        List<KnownHirer> hirers = [new(first.Taken.Id, NameReading.Folded(names[0].Name), cif)];
        foreach (var name in names.Skip(1))
            hirers.Add(new(Enter(batch, name, null, null, null).Taken.Id, NameReading.Folded(name.Name), null));

        var agreement = batch.Bulk.TakeAgreement(batch.Act, new(
            Number(branch, row, locker), branch.Id, locker.Id, terms.Mandate, first.Taken, hirers.ConvertAll(hirer => hirer.Id),
            startsOn, terms.SignedOn, terms.RentPaidUntil, terms.Rent, terms.Deposit, row[Column.DepositReceipt],
            row[Column.Nominee], row[Column.NomineeRelation]));
        Hold(row, locker, names, agreement, first.Taken, batch);
        locker.HirerLine = row.Line;
        locker.Hires.Add(new(agreement, startsOn, Ended: false, hirers));
        batch.About(branch.Id);
        batch.About(locker.Id);
        batch.About(agreement);
        foreach (var hirer in hirers) batch.About(hirer.Id);
        return Fate.Imported;
    }

    public static KnownBranch? BranchOf(KnownBank bank, RowView row)
    {
        if (row[Column.BranchCode] is not { } code)
        {
            row.Error(Column.BranchCode, "There is no branch code.");
            return null;
        }
        if (bank.Branch(code) is not { } branch)
        {
            row.Error(Column.BranchCode, $"Branch {RowView.Short(code)} is not in the locker register.");
            return null;
        }
        row.Branch = branch.Id;
        return branch;
    }

    /// <summary>Whether the row's hire is there already: the same one is unchanged, another one of the locker refuses the row.</summary>
    private static Fate? Known(RowView row, KnownLocker locker, ReadName first, string? cif, DateOnly startsOn)
    {
        if (locker.HirerLine is { } before && before != row.Line)
        {
            row.Error(Column.Locker, $"Line {before} has a hirer of this locker already.");
            return Fate.Rejected;
        }
        var folded = NameReading.Folded(first.Name);
        var same = locker.Hires.Find(hire => (!hire.Ended || hire.StartsOn == startsOn) && hire.Hirers.Count > 0
            && (cif is not null && hire.Hirers[0].Cif is { } known ? known == cif : hire.Hirers[0].Folded == folded));
        if (same is not null)
        {
            locker.HirerLine = row.Line;
            row.Person = same.Hirers[0].Id;
            return Fate.Unchanged;
        }
        if (locker.Hire is null) return null;
        row.Error(Column.Locker, "The bank has another hirer of this locker.");
        return Fate.Rejected;
    }

    private static DateOnly StartOf(RowView row, DateOnly today)
    {
        if (row[Column.AllottedOn] is { } text)
        {
            if (DateReading.Date(text, today) is not { } date)
            {
                row.Error(Column.AllottedOn, $"There is no such date as {RowView.Short(text)}.");
                return today;
            }
            if (date > today) row.Warn(Column.AllottedOn, "The date of allotment is in the future.");
            return date;
        }
        var signed = row[Column.SignedOn] is { } paper ? DateReading.Date(paper, today) : null;
        row.Warn(Column.AllottedOn, signed is null
            ? "There is no date of allotment; the hire is entered from the day of the import."
            : "There is no date of allotment; the date of the agreement is taken for it.");
        return signed is { } day && day <= today ? day : today;
    }

    private sealed record Terms(Mandate Mandate, DateOnly? SignedOn, DateOnly? RentPaidUntil, Money? Rent, Money? Deposit, DateOnly? DueDiligenceOn);

    private static Terms TermsOf(RowView row, IReadOnlyList<ReadName> names, DateOnly today)
    {
        if (names.Count > UsuallyAtMost) row.Warn(Column.Hirers, $"{names.Count} hirers are more than the usual {UsuallyAtMost}.");
        foreach (var firm in names.Where(name => name.Firm)) row.Warn(Column.Hirers, "One of the names looks like a firm's; it is entered like a person.");
        var mandate = row[Column.Mandate] is { } text ? CellReading.MandateOf(text) : null;
        if (names.Count == 0)
        {
            mandate ??= Mandate.Single;
        }
        else if (mandate is null)
        {
            // Who does not know, asks for all: nobody's co-hirer is passed over by a guess.
            mandate = names.Count == 1 ? Mandate.Single : Mandate.Jointly;
            row.Warn(Column.Mandate, $"{(row[Column.Mandate] is { } written ? $"The mode of operation {RowView.Short(written)} is not understood" : "There is no mode of operation")}; entered as {MandateWords.Of(mandate.Value).ToLowerInvariant()}.");
        }
        else if (mandate == Mandate.Single && names.Count > 1)
        {
            row.Warn(Column.Mandate, $"{names.Count} hirers, but a single one operates: entered so that the first-named alone does.");
        }
        else if (mandate is not (Mandate.Single or Mandate.Jointly) && names.Count == 1)
        {
            row.Warn(Column.Mandate, "The mode of operation is one for several hirers, and one is named.");
        }
        return new(mandate.Value, row.DateOrWarn(Column.SignedOn, today), row.DateOrWarn(Column.RentPaidUntil, today), row.MoneyOrWarn(Column.YearlyRent), row.MoneyOrWarn(Column.Deposit),
            row.DateOrWarn(Column.DueDiligenceOn, today));
    }

    private KnownPerson FirstHirer(RowView row, KnownBranch branch, Batch batch, ReadName name, string? cif, DateOnly? reviewed, List<Reach> reach)
    {
        var known = cif is null ? null : people.With(cif);
        if (known is null)
        {
            known = Enter(batch, name, cif, row[Column.Address], reviewed?.AddYears(DueDiligenceYears));
        }
        else if (known.Folded != NameReading.Folded(name.Name))
        {
            row.Warn(Column.Cif, "The bank has this customer number under another name; that person is taken for the hirer.");
        }
        foreach (var one in reach.Where(one => known.Reached.Add(one.Normalised ?? one.Written)))
            batch.Bulk.TakeChannel(batch.Act, known.Taken, one.Kind, one.Written, branch.Region);
        return known;
    }

    private KnownPerson Enter(Batch batch, ReadName name, string? cif, string? address, DateOnly? dueDiligence)
    {
        var taken = batch.Bulk.TakePerson(batch.Act, new(Cut(name.Name, TakeCustomers.LongestName), Cut(name.AsWritten, TakeCustomers.LongestName), cif,
            address is null ? null : Cut(address, TakeCustomers.LongestAddress), dueDiligence));
        var known = new KnownPerson(taken, NameReading.Folded(name.Name), []);
        if (cif is not null) people.Add(cif, known);
        return known;
    }

    /// <param name="Normalised">Null when nobody is reached there as it is written.</param>
    private sealed record Reach(ChannelKind Kind, string Written, string? Normalised);

    private static List<Reach> ReachOf(RowView row, KnownBranch branch)
    {
        List<Reach> reach =
        [
            .. Pieces(row[Column.Mobile]).Select(written => new Reach(ChannelKind.Mobile, written, TakeCustomers.Normalised(ChannelKind.Mobile, written, branch.Region))),
            .. Pieces(row[Column.Email]).Select(written => new Reach(ChannelKind.Email, written, TakeCustomers.Normalised(ChannelKind.Email, written, branch.Region))),
        ];
        if (reach.Exists(one => one is { Kind: ChannelKind.Mobile, Normalised: null })) row.Warn(Column.Mobile, "The mobile number is not valid; kept as written.");
        if (reach.Exists(one => one is { Kind: ChannelKind.Email, Normalised: null })) row.Warn(Column.Email, "The e-mail address is not valid; kept as written.");
        return reach;
    }

    private static string[] Pieces(string? cell) => cell is null ? [] : cell.Split(BetweenNumbers, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Printed on no paper that we know of; the register's number where it has one.</summary>
    private static string Number(KnownBranch branch, RowView row, KnownLocker locker)
    {
        var wanted = row[Column.AgreementNumber] is { Length: <= TakeAgreements.LongestNumber - 4 } given ? given : $"REG-{locker.Number}";
        var number = wanted;
        for (var count = 2; !branch.AgreementNumbers.Add(number); count++) number = $"{wanted}-{count}";
        return number;
    }

    private static void Hold(RowView row, KnownLocker locker, IReadOnlyList<ReadName> names, AgreementId agreement, TakenPerson first, Batch batch)
    {
        var remark = locker.Remark ?? CellReading.RemarkOf(row[Column.Remarks] ?? "") ?? (names.Any(name => name.Late) ? RegisterRemark.Deceased : null);
        if (remark is not { } found) return;
        var (kind, words) = found switch
        {
            RegisterRemark.Deceased => (HoldKind.Death, "a hirer has died"),
            RegisterRemark.CourtOrder => (HoldKind.Court, "a court order"),
            RegisterRemark.Attached => (HoldKind.Attachment, "an attachment"),
        };
        batch.About(batch.Bulk.TakeHold(batch.Act, agreement, first, kind, $"The old register says: {words}. No paper was seen at the import."));
        row.Warn(locker.Remark is null ? Column.Remarks : Column.Locker, $"On hold until staff confirm or lift it: the register says {words}.");
    }

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
