using Strongroom.Data;
using Strongroom.Modules.Exchange.Reading;

namespace Strongroom.Modules.Exchange.Taking;

/// <summary>How rows of one kind of file become the bank's: the seam between the four files and the one importer.</summary>
internal interface IRowTaker
{
    /// <summary>Reads from the database all that the rows may touch, so that taking them needs it no more.</summary>
    Task Prepare(StrongroomDb db, IReadOnlyList<RowView> rows, CancellationToken cancel);

    /// <summary>Matches the row, says what is wrong with it, and adds to the batch what it becomes. No database.</summary>
    Fate Take(RowView row, Batch batch);
}
