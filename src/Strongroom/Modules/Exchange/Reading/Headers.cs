namespace Strongroom.Modules.Exchange.Reading;

/// <summary>What the files of a register are.</summary>
public enum RegisterFile { Types, Lockers, Hirers, Visits }

/// <summary>What a column of a register says.</summary>
internal enum Column
{
    BranchCode, BranchName, Cabinet, Locker, Type, KeyNumber, Size, Height, Width, Depth, Status, Remarks, SizeClass, Rent,
    Cif, Hirers, Mandate, Mobile, Email, Address, Nominee, NomineeRelation, AllottedOn, RentPaidUntil, YearlyRent, DepositReceipt, Deposit,
    SignedOn, Photograph, DueDiligenceOn,
    Date, TimeIn, TimeOut, OperatedBy, Officer, Serial, AgreementNumber,
}

/// <summary>A file's header, understood.</summary>
/// <param name="Unknown">Headers that no bank of ours uses; each is an error that names it.</param>
/// <param name="Twice">Headers that mean a column that another header means already.</param>
/// <param name="Missing">Needed columns that the file lacks; it cannot be read.</param>
internal sealed record Header(IReadOnlyDictionary<Column, int> Places, IReadOnlyList<string> Names, IReadOnlyList<string> Unknown, IReadOnlyList<string> Twice, IReadOnlyList<Column> Missing)
{
    public string NameOf(Column column) => Places.TryGetValue(column, out var at) ? Names[at].Trim() : Headers.Word(column);
}

/// <summary>The one table of the words by which banks head their columns, compared by letters and digits alone, without what stands in brackets.</summary>
internal static class Headers
{
    private const string Branch = "branch code|branch|branch no|branch number|br code|br|sol|sol id|sol code|branch id|unit|unit code|office code|branch alpha|ifsc";
    private const string Locker = "locker no|locker number|locker|locker num|locker #|lkr no|lkr|box no|box number|box|safe deposit box|sdl no|sdv no|vault no|locker id|old locker no|safe no|l no";
    private const string Cabinet = "cabinet no|cabinet|cabinet number|cab no|cab|cabinet id|unit no|rack|rack no|almirah|almirah no|bank|stack|block|row cabinet|cupboard";
    private const string Key = "key no|key number|key|key nos|hirer key no|key id|lock no|lock number|key/lock no|customer key|customer key no";
    private const string Remarks = "remarks|remark|note|notes|comments|comment|observations|observation|narration|special remarks";
    private const string Serial = "sr no|s no|sno|sl no|serial no|serial number|serial|sr|sl|no|#";

    private static readonly Dictionary<RegisterFile, (Column Column, string Words)[]> Table = new()
    {
        [RegisterFile.Types] =
        [
            (Column.Type, "type|locker type|code|type code|class|size code|category|name"), (Column.Size, "size|dimensions|dimension|measurement|measurements|inner size"),
            (Column.Height, "height|h|ht"), (Column.Width, "width|w|breadth"), (Column.Depth, "depth|d|length|l"),
            (Column.SizeClass, "size class|sizeclass|sml|bracket|group"), (Column.Rent, "rent|annual rent|yearly rent|rent pa|rent per annum"),
            (Column.Remarks, Remarks + "|description"), (Column.Serial, Serial),
        ],
        [RegisterFile.Lockers] =
        [
            (Column.BranchCode, Branch), (Column.BranchName, "branch name|name of branch|br name|branch desc|branch description|office|office name|branch address"),
            (Column.Cabinet, Cabinet), (Column.Locker, Locker), (Column.Type, "type|locker type|class|locker class|size code|category|locker category|type of locker|type code|model"),
            (Column.KeyNumber, Key), (Column.Size, "size|dimensions|dimension|locker size|measurement|measurements|dim|size in inches|size in mm|size of locker"),
            (Column.Height, "height|h|ht"), (Column.Width, "width|w|breadth"), (Column.Depth, "depth|d|length"),
            (Column.Status, "status|state|locker status|position|occupancy|condition|availability|current status|vacant/rented|rented/vacant"),
            (Column.Remarks, Remarks), (Column.Rent, "rent|annual rent|yearly rent"), (Column.Serial, Serial),
        ],
        [RegisterFile.Hirers] =
        [
            (Column.BranchCode, Branch), (Column.BranchName, "branch name|name of branch|br name"), (Column.Locker, Locker), (Column.Cabinet, Cabinet), (Column.KeyNumber, Key),
            (Column.Type, "type|locker type"),
            (Column.Cif, "cif|cif no|cif number|cif id|customer id|customer no|customer number|cust id|cust no|ucic|ucid|client id|customer code|cust code|crn"),
            (Column.Hirers, "hirer name|hirer names|hirer|hirers|name|names|names of hirers|hirer name s|name of hirer|name of hirers|name of the hirer|customer name|customer names|customer|lessee|lessee name|name of lessee|lessees|renter|renter name|name of renter|holder|holders|holder name|account holder|name of customer|name of the customer|locker holder|locker holders|locker holder name"),
            (Column.Mandate, "mode of operation|mode|operation mode|operating mode|mode of op|moo|mandate|operating instructions|operation|operated by mode|mode of operations|operational mode|instructions|operating instruction|op mode"),
            (Column.Mobile, "mobile|mobile no|mobile number|mob|mob no|phone|phone no|phone number|contact|contact no|contact number|cell|cell no|telephone|tel|tel no"),
            (Column.Email, "email|e mail|email id|e mail id|mail|mail id|email address|e mail address"),
            (Column.Address, "address|addr|residential address|permanent address|communication address|postal address|add|res address"),
            (Column.Nominee, "nominee|nominee name|name of nominee|nomination|nominees|nominee names"), (Column.NomineeRelation, "relation|relationship|nominee relation|relation with nominee|nominee relationship|relationship with nominee|rel"),
            (Column.AllottedOn, "date of allotment|allotment date|allotted on|alloted on|date of hire|hire date|hired on|date of opening|opening date|start date|date of letting|let on|dt of allotment|allotment dt|date of hiring|date allotted|date of issue|rented on|doa|since"),
            (Column.RentPaidUntil, "rent paid upto|rent paid up to|rent paid till|rent paid until|paid upto|paid up to|paid till|rent upto|rent due date|rent valid upto|rent due on|next due|due date|rent paid to|rent expiry"),
            (Column.YearlyRent, "annual rent|rent|yearly rent|rent pa|rent per annum|rent amount|rent amt|rent rs|locker rent|rent per year|annual charges"),
            (Column.DepositReceipt, "fd no|fdr no|fd number|fdr number|deposit no|deposit receipt|deposit receipt no|fd account|td no|security deposit no|fdr|fd ac no|fd a/c no"),
            (Column.Deposit, "fd amount|fdr amount|fd amt|deposit|deposit amount|security deposit|deposit amt|sd amount|caution deposit|security amount|fdr amt"),
            (Column.SignedOn, "agreement date|date of agreement|agr date|agreement dt|agreement signed on|signed on|agreement executed on|agreement on|execution date|dt of agreement"),
            (Column.AgreementNumber, "agreement no|agreement number|agr no|lease no|contract no|reference|ref no"),
            (Column.Photograph, "photo|photograph|photo available|photo y n|photo y/n|photo on record|photos"),
            (Column.DueDiligenceOn, "kyc date|kyc|kyc on|kyc updated on|date of kyc|kyc dt|last kyc|kyc done on|kyc updation date|kyc compliance date|rekyc date|re kyc date"),
            (Column.Remarks, Remarks), (Column.Serial, Serial),
        ],
        [RegisterFile.Visits] =
        [
            (Column.Date, "date|visit date|date of visit|date of operation|operation date|operated on|dt|access date|date of access|dt of visit|txn date"),
            (Column.TimeIn, "time in|in time|in|entry time|time of entry|from|start time|intime|entry|time from|opened at|check in"),
            (Column.TimeOut, "time out|out time|out|exit time|time of exit|to|end time|outtime|exit|time to|closed at|check out"),
            (Column.BranchCode, Branch), (Column.BranchName, "branch name|name of branch|br name"), (Column.Locker, Locker), (Column.Cabinet, Cabinet), (Column.KeyNumber, Key),
            (Column.OperatedBy, "operated by|operator|name|hirer|hirer name|visitor|visited by|customer|customer name|name of operator|name of hirer|person|accessed by|opened by|name of visitor|visitor name|name of customer|operated"),
            (Column.Officer, "officer|custodian|staff|employee|emp no|emp id|emp code|official|attended by|bank officer|custodian id|officer id|staff no|staff id|bank official|served by|officer code|employee no|employee id|officer no"),
            (Column.Remarks, Remarks), (Column.Serial, Serial),
        ],
    };

    private static readonly Dictionary<RegisterFile, Column[]> Needed = new()
    {
        [RegisterFile.Types] = [Column.Type],
        [RegisterFile.Lockers] = [Column.BranchCode, Column.Locker, Column.Type],
        [RegisterFile.Hirers] = [Column.BranchCode, Column.Locker, Column.Hirers],
        [RegisterFile.Visits] = [Column.Date, Column.BranchCode, Column.Locker],
    };

    public static Header Of(RegisterFile file, IReadOnlyList<string> cells)
    {
        var known = Table[file].SelectMany(row => row.Words.Split('|').Select(word => (Word: Folded(word), row.Column))).Where(pair => pair.Word.Length > 0)
            .DistinctBy(pair => pair.Word).ToDictionary(pair => pair.Word, pair => pair.Column);
        var places = new Dictionary<Column, int>();
        List<string> unknown = [], twice = [];
        for (var at = 0; at < cells.Count; at++)
        {
            var name = cells[at].Trim().Trim('\uFEFF');
            if (name.Length == 0) continue;
            if (!known.TryGetValue(Folded(name), out var column) && !known.TryGetValue(Folded(WithoutBrackets(name)), out column)) unknown.Add(name);
            else if (!places.TryAdd(column, at)) twice.Add(name);
        }
        return new(places, cells, unknown, twice, [.. Needed[file].Where(column => !places.ContainsKey(column))]);
    }

    /// <summary>What the column is usually called, to name one that is missing.</summary>
    public static string Word(Column column)
    {
        var words = Table.Values.SelectMany(rows => rows).First(row => row.Column == column).Words.Split('|')[0];
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    internal static IEnumerable<(RegisterFile File, string Word)> AmbiguousWords() =>
        from table in Table
        from word in table.Value.SelectMany(row => row.Words.Split('|').Select(word => (Word: Folded(word), row.Column))).Distinct().GroupBy(pair => pair.Word)
        where word.Key.Length > 0 && word.Select(pair => pair.Column).Distinct().Count() > 1
        select (table.Key, word.Key);

    private static string WithoutBrackets(string name)
    {
        var at = name.IndexOfAny(['(', '[']);
        return at > 0 ? name[..at] : name;
    }

    private static string Folded(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
