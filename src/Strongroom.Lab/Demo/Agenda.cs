using Strongroom.Lab.Bank;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// What is going to happen, and when: the acts of all branches in one order, so that visits overlap as they do in a vault. An act may put others on the
/// agenda. Acts that need time of their own (a signature) push what comes behind them, never out of its order.
/// </summary>
internal sealed class Agenda(VirtualClock clock, string zone)
{
    private readonly PriorityQueue<Func<Task>, (DateTime At, int Order)> acts = new();
    private int order;

    public DateTime Now => clock.UtcNow();

    public DateOnly Today => Now.DateIn(zone);

    public void At(DateOnly date, TimeOnly time, Func<Task> act) => Put(date.ToUtc(time, zone), act);

    public void In(double minutes, Func<Task> act) => Put(Now.AddSeconds(Math.Round(minutes * 60)), act);

    /// <param name="before">What is planned for this day or later does not take place.</param>
    /// <param name="passed">Told the date of each act.</param>
    public async Task Run(DateOnly before, Action<DateOnly> passed, CancellationToken cancel)
    {
        while (acts.TryDequeue(out var act, out var due) && due.At.DateIn(zone) < before)
        {
            cancel.ThrowIfCancellationRequested();
            if (due.At > Now) clock.MoveTo(new DateTimeOffset(due.At));
            await act();
            passed(Today);
        }
    }

    private void Put(DateTime at, Func<Task> act) => acts.Enqueue(act, (at, order++));
}
