namespace Strongroom.Modules.Clients.Webhooks;

/// <summary>When a delivery that was not accepted is tried again: soon at first, then every six hours, for three days.</summary>
internal static class WebhookBackoff
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6)];

    /// <param name="attempts">Attempts made so far, the last one included.</param>
    /// <returns>Null when the three days are over: the last attempt was the last.</returns>
    public static DateTime? Next(DateTime since, int attempts, DateTime now) =>
        now - since >= GiveUpAfter ? null : now + Waits[Math.Min(attempts, Waits.Length) - 1];
}
