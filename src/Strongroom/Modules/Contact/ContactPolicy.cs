using Strongroom.Modules.Policies.Contracts;

namespace Strongroom.Modules.Contact;

/// <summary>When a bank lets people sleep. Hours of the branch's own day.</summary>
public sealed record ContactPolicy : IPolicy
{
    [Setting("No message but an alarm from", "o'clock", Rule = "R13")]
    public int QuietFrom { get; init; }

    [Setting("Messages go out again from", "o'clock", Rule = "R13")]
    public int QuietUntil { get; init; }

    /// <summary>When a message that can wait may go out: now, or when the quiet is over; but never after its deadline, because the law stands before sleep.</summary>
    /// <returns>UTC; null for at once.</returns>
    public DateTime? NotBefore(DateTime now, DateTime? deadline, string zone)
    {
        var local = now.InZone(zone);
        var quiet = local.Hour >= QuietFrom || local.Hour < QuietUntil;
        if (!quiet) return null;
        var date = DateOnly.FromDateTime(local).AddDays(local.Hour >= QuietFrom ? 1 : 0);
        var over = date.ToUtc(new TimeOnly(QuietUntil, 0), zone);
        return over <= now || over > deadline ? null : over;
    }
}
