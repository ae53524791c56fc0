using Strongroom.AuditLog;
using Strongroom.AuditLog.Notes;
using Strongroom.AuditLog.Stores;
using Strongroom.Data;

namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>
/// The largest tree head that this node ever published, in the data directory: a database that was set back does not take it along. Its signature is not
/// asked; whoever can write here could as well take it away.
/// </summary>
internal sealed class HighestCheckpoint(Settings settings)
{
    public string File { get; } = Path.Combine(settings.DataDirectory, "log", "highest-checkpoint");

    /// <exception cref="LogStoppedException">There is one that cannot be read.</exception>
    public Checkpoint? Read()
    {
        if (!System.IO.File.Exists(File)) return null;
        try
        {
            return Checkpoint.Parse(SignedNote.Parse(System.IO.File.ReadAllBytes(File)).Text);
        }
        catch (Exception broken) when (broken is MalformedException or IOException or UnauthorizedAccessException)
        {
            throw new LogStoppedException(LogStoppedException.Shrunk, $"{File}, which says how large the log was, cannot be read: {broken.Message}", broken);
        }
    }

    public void Keep(SignedNote note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        DurableFile.Replace(File, note.ToBytes());
    }

    /// <summary>Sets it aside, for whoever asks later what was given up.</summary>
    public void SetAside(DateTime now)
    {
        if (System.IO.File.Exists(File)) System.IO.File.Move(File, $"{File}.given-up-{now:yyyyMMddHHmmss}");
    }
}
