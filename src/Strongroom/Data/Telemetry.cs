using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Strongroom.Data;

/// <summary>How an act ended, as metrics and traces tell it.</summary>
internal enum ActEnd
{
    Accepted,
    Refused,

    /// <summary>Had been carried out before: the caller got the first answer again.</summary>
    Replayed,

    /// <summary>Lost twice against somebody else, or found the database busy: nothing was changed.</summary>
    Raced,

    /// <summary>Broke with an exception, or the caller went away.</summary>
    Broken,
}

/// <summary>
/// What an operator sees of the acts: how many, how long, how they ended. An act's name and a refusal's code are the only words in it:
/// no ids, no names, nothing anybody typed. It may be lost or sampled; what was done stands in the log.
/// </summary>
internal sealed class Telemetry
{
    public const string Name = "Strongroom";

    private static readonly ActivitySource Source = new(Name);

    private readonly Counter<long> acts;
    private readonly Counter<long> retries;
    private readonly Histogram<double> duration;

    public Telemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        acts = meter.CreateCounter<long>("strongroom.acts", "{act}", "Acts by name and by how they ended.");
        retries = meter.CreateCounter<long>("strongroom.act.retries", "{retry}", "Acts decided again after a lost race.");
        duration = meter.CreateHistogram<double>("strongroom.act.duration", "s", "From the request's key being read to the commit or the refusal.");
    }

    public Watch Begin(string act) => new(this, act);

    /// <summary>One act under observation. Disposed without <see cref="End"/> it counts as broken.</summary>
    internal sealed class Watch(Telemetry telemetry, string act) : IDisposable
    {
        private readonly Activity? activity = Source.StartActivity(act);
        private readonly long started = Stopwatch.GetTimestamp();
        private ActEnd ended = ActEnd.Broken;

        public void Retry() => telemetry.retries.Add(1, new KeyValuePair<string, object?>("act", act));

        public void End(ActEnd end, Refusal? refusal = null)
        {
            ended = end;
            if (refusal is not null) activity?.SetTag("strongroom.refusal", refusal.Code);
        }

        public void Dispose()
        {
            var outcome = ended.ToString().ToLowerInvariant();
            telemetry.acts.Add(1, new("act", act), new("outcome", outcome));
            telemetry.duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("act", act));
            activity?.SetTag("strongroom.outcome", outcome);
            if (ended == ActEnd.Broken) activity?.SetStatus(ActivityStatusCode.Error);
            activity?.Dispose();
        }
    }
}
