using System.Globalization;
using System.Text;
using Strongroom.AuditLog.Merkle;

namespace Strongroom.AuditLog.Notes;

/// <summary>How large a log is and what its root is (C2SP tlog-checkpoint).</summary>
/// <param name="Origin">Names the log; the name of its key.</param>
/// <param name="Extensions">Further lines, whose meaning this format does not know. Ours has none.</param>
public sealed record Checkpoint(string Origin, long Size, Hash Root, IReadOnlyList<string> Extensions)
{
    public Checkpoint(string origin, long size, Hash root) : this(origin, size, root, []) { }

    /// <exception cref="MalformedException">It is no checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        if (!text.EndsWith('\n') || text[..^1].Split('\n') is not [var origin, var size, var root, .. var extensions] || origin.Length == 0 || extensions.Contains(""))
            throw new MalformedException("A checkpoint has a line each for origin, size and root, and no empty line.");
        return new(origin, ParseSize(size), Hash.Parse(root), extensions);
    }

    /// <summary>The text that is signed.</summary>
    public string ToText()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");
        foreach (var line in Extensions) text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>A note by the log's key.</summary>
    public SignedNote Sign(SigningKey key)
    {
        var text = ToText();
        return new(text, [key.Sign(text)]);
    }

    /// <summary>A note by several keys of the log, the first of them first: while one succeeds another, both sign.</summary>
    public SignedNote SignByAll(IReadOnlyList<SigningKey> keys)
    {
        var text = ToText();
        return new(text, [.. keys.Select(key => key.Sign(text))]);
    }

    internal static long ParseSize(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size.ToString(CultureInfo.InvariantCulture) == text
            ? size : throw new MalformedException($"\"{Base64.Short(text)}\" is no size: digits, no zero before them.");
}

/// <summary>A checkpoint and the note it stands in, its log's signature checked.</summary>
public sealed record SignedCheckpoint
{
    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) => (Checkpoint, Note) = (checkpoint, note);

    public Checkpoint Checkpoint { get; }

    public SignedNote Note { get; }

    /// <summary>Opens a note that must be a checkpoint of this origin, signed by this key.</summary>
    /// <exception cref="MalformedException">It is no checkpoint.</exception>
    /// <exception cref="UntrustedException">It is another log's, or the key did not sign it.</exception>
    public static SignedCheckpoint Open(SignedNote note, VerifierKey key, string? origin = null)
    {
        var checkpoint = Checkpoint.Parse(note.Text);
        if (checkpoint.Origin != (origin ?? key.Name)) throw new UntrustedException($"The checkpoint is of the log \"{Base64.Short(checkpoint.Origin)}\", not of \"{origin ?? key.Name}\".");
        return note.Check(key).State switch
        {
            SignatureState.Good => new(checkpoint, note),
            SignatureState.Broken => throw new UntrustedException($"The checkpoint's signature by {key.Name} is wrong: its text or the signature was changed, or another key made it."),
            SignatureState.Missing => throw new UntrustedException($"The checkpoint is not signed by the key {key}."),
        };
    }

    /// <inheritdoc cref="Open(SignedNote, VerifierKey, string?)"/>
    public static SignedCheckpoint Open(ReadOnlySpan<byte> note, VerifierKey key, string? origin = null) => Open(SignedNote.Parse(note), key, origin);
}

/// <summary>Well formed, and not signed by whom it must be.</summary>
public sealed class UntrustedException : Exception
{
    public UntrustedException() : base("The signature is not to be trusted.") { }

    public UntrustedException(string message) : base(message) { }

    public UntrustedException(string message, Exception inner) : base(message, inner) { }
}
