namespace Strongroom.Modules.Delivery;

/// <summary>When a message that was not accepted is tried again: soon at first, then every four hours, for three days.</summary>
internal static class Backoff
{
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(4)];

    /// <param name="attempts">Attempts made so far, the last one included.</param>
    /// <returns>Null when the three days are over: the last attempt was the last.</returns>
    public static DateTime? Next(DateTime madeAt, int attempts, DateTime now) =>
        now - madeAt >= GiveUpAfter ? null : now + Waits[Math.Min(attempts, Waits.Length) - 1];
}
