using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Strongroom.Data;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>What is about to be saved together: rows of the register with all that they become, and one audit event that tells of them.</summary>
internal sealed class Batch(Act act) : IDisposable
{
    public const int MostRows = 1000;

    /// <summary>An event of the log has at most 65,535 bytes; a subject takes about fifty.</summary>
    private const int MostSubjects = 1100;

    private readonly IncrementalHash digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> cells = new();

    public Act Act { get; } = act;

    public Bulk Bulk { get; } = new();

    public HashSet<Subject> Subjects { get; } = [];

    public List<Problem> Problems { get; } = [];

    public int Imported { get; private set; }

    public int Unchanged { get; private set; }

    public int Rejected { get; private set; }

    public int Rows => Imported + Unchanged + Rejected;

    public int FirstLine { get; private set; }

    public int LastLine { get; private set; }

    public bool IsFull => Rows >= MostRows || Subjects.Count >= MostSubjects;

    public void Settle(RowView row, Fate fate)
    {
        if (FirstLine == 0) FirstLine = row.Line;
        LastLine = row.Line;
        Problems.AddRange(row.Problems);
        foreach (var cell in row.Row.Cells)
        {
            Encoding.UTF8.GetBytes(cell, cells);
            cells.Write<byte>([0]);
        }
        cells.Write<byte>([1]);
        digest.AppendData(cells.WrittenSpan);
        cells.ResetWrittenCount();
        switch (fate)
        {
            case Fate.Imported: Imported++; break;
            case Fate.Unchanged: Unchanged++; break;
            case Fate.Rejected: Rejected++; break;
        }
    }

    /// <summary>SHA-256 of the rows' cells, in hex.</summary>
    public string Digest() => Convert.ToHexStringLower(digest.GetCurrentHash());

    public void About<TNoun>(Id<TNoun> id) where TNoun : INoun => Subjects.Add(Subject.Of(id));

    public void Dispose() => digest.Dispose();
}
