namespace Strongroom.Modules.Delivery.Contracts;

public enum MessageMedium { Email }

/// <summary>Waiting (for its next attempt), Accepted (by the next server on its way), Failed (for good).</summary>
public enum MessageState { Waiting, Accepted, Failed }

/// <summary>Raised in the relay's transaction when the next server has taken the message.</summary>
public sealed record MessageAccepted(MessageId Message, string Purpose, Guid Reference, PersonId To);

/// <summary>Raised when no further attempt will be made.</summary>
public sealed record MessageFailed(MessageId Message, string Purpose, Guid Reference, PersonId To, string Answer);
