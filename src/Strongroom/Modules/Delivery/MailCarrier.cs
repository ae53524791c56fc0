using MimeKit;

namespace Strongroom.Modules.Delivery;

/// <summary>The way out for one batch of mail. Thrown away after it.</summary>
internal interface IMailCarrier : IAsyncDisposable
{
    /// <returns>What the next server said; a refusal is an answer and not an exception.</returns>
    Task<CarrierAnswer> Send(MimeMessage mail, CancellationToken cancel);
}

internal enum CarrierOutcome
{
    Accepted,

    /// <summary>Try again later.</summary>
    Later,

    /// <summary>The server cannot be reached or does not let us in: nothing of this batch will go out now.</summary>
    Unreachable,

    /// <summary>Refused for good: trying again would only annoy.</summary>
    Never,
}

internal sealed record CarrierAnswer(CarrierOutcome Outcome, string Text);
