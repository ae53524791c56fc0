namespace Strongroom.AuditLog;

/// <summary>
/// Bytes from outside that are not what they claim to be: not UTF-8, not canonical, too long, cut short. The message says what is wrong in words
/// that can be shown, and holds no more of the bytes than a short piece.
/// </summary>
public sealed class MalformedException : FormatException
{
    public MalformedException() : base("The bytes are malformed.") { }

    public MalformedException(string message) : base(message) { }

    public MalformedException(string message, Exception inner) : base(message, inner) { }
}
