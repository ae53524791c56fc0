namespace Strongroom.Modules.Audit.Sequencing;

/// <summary>Why the sequencer appends nothing. The code is stable; the words name sizes and files, never what an event says.</summary>
internal sealed class LogStoppedException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public const string NoKey = "no-key", OtherKey = "other-key", Unreadable = "unreadable", Shrunk = "shrunk", Forked = "forked", Tiles = "tiles", Witness = "witness", EventChanged = "event-changed";

    public string Code { get; } = code;
}
