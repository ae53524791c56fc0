using Strongroom.Lab.Bank;
using Strongroom.Modules.Access;
using Strongroom.Modules.Access.Contracts;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Shared;

namespace Strongroom.Lab.Demo;

/// <summary>
/// What happens in the demo branch: hirers come at the hours people come, stay as long as people stay, now and then one is refused or goes
/// away. Numbers after the domain's: time inside log-normal with a median of nine minutes.
/// </summary>
internal sealed class Story
{
    public const string Zone = "Asia/Kolkata";

    private readonly SmallBank bank;
    private readonly VirtualClock clock;
    private readonly Random random;
    private readonly List<Hire> hires = [];

    private Story(SmallBank bank, VirtualClock clock, Random random)
    {
        this.bank = bank;
        this.clock = clock;
        this.random = random;
    }

    public SmallBank Bank => bank;

    public List<Player> Players { get; } = [];

    public static DateOnly WorkingDaysBefore(DateOnly today, int days)
    {
        var date = today;
        while (days > 0)
        {
            date = date.AddDays(-1);
            if (date.DayOfWeek != DayOfWeek.Sunday) days--;
        }
        return date;
    }

    public static async Task<Story> Begin(LabBank lab, VirtualClock clock, Random random, int hirers)
    {
        var story = new Story(await SmallBank.SetUp(lab), clock, random);
        var bank = story.bank;
        story.Players.AddRange([bank.Admin, bank.Manager, bank.Custodian, bank.SecondCustodian, bank.CounterOfficer, bank.Auditor]);

        var asha = await bank.LetTo("Asha Rao", 0, "asha.rao@example.in", Portrait.Draw(random));
        story.hires.Add(asha);
        story.Players.Add(await bank.OpenAccess(asha, "asha"));
        for (var i = 1; i < hirers; i++)
        {
            var name = People.Name(random);
            var email = random.NextDouble() < 0.6 ? $"{name.ToLowerInvariant().Replace(' ', '.').Replace("'", "", StringComparison.Ordinal)}@example.in" : null;
            story.hires.Add(await bank.LetTo(name, i, email, random.NextDouble() < 0.85 ? Portrait.Draw(random) : null));
        }
        await lab.Do<PlaceHold, HoldPlaced>(bank.Manager.Person, slice =>
            slice.Handle(story.hires[^1].Agreement, new(HoldKind.Court, "Order of the City Civil Court, copy in the branch's file.", null, "Order of the City Civil Court"), default));
        return story;
    }

    /// <summary>One working day, opening to close. False on a Sunday.</summary>
    public async Task<bool> Serve(DateOnly date)
    {
        if (date.DayOfWeek == DayOfWeek.Sunday) return false;
        var closes = date.DayOfWeek == DayOfWeek.Saturday ? new TimeOnly(13, 0) : new TimeOnly(16, 0);
        MoveTo(date, new(9, 50));
        await bank.OpenDay();
        foreach (var minute in Arrivals(closes))
        {
            MoveTo(date, new TimeOnly(10, 0).AddMinutes(minute));
            await Visit(hires[random.Next(hires.Count)]);
            await bank.Lab.Background();
        }
        MoveTo(date, closes.AddMinutes(5));
        await bank.CloseDay();
        await bank.Lab.Background();
        return true;
    }

    /// <summary>Minutes after opening, ascending, around the peaks of late morning and mid-afternoon; nobody so late that they would be turned out.</summary>
    private IEnumerable<int> Arrivals(TimeOnly closes)
    {
        var length = (int)(closes - new TimeOnly(10, 0)).TotalMinutes - 60;
        return Enumerable.Range(0, 2 + random.Next(4)).Select(_ => Math.Clamp((int)(random.Next(2) * 0.6 * length + random.NextDouble() * 0.4 * length), 0, length)).Order();
    }

    private async Task Visit(Hire hire)
    {
        var visit = await bank.CheckIn(hire);
        Pass(1);
        if (random.NextDouble() < 0.05)
        {
            await bank.Lab.Do<EndVisit, VisitStep>(bank.CounterOfficer.Person,
                slice => slice.Leave(visit.Id, new(EndReason.HirerLeft, "Key left at home."), default), visit.Version);
            return;
        }
        visit = await bank.Identify(visit);
        Pass(1);
        var admission = await bank.Admit(visit, "Asked to bring the missing papers at the next visit.");
        if (admission.State == VisitState.Refused) return;
        Pass(1);
        var alone = await bank.LeaveAlone(admission.Id, admission.Version);
        Pass(Math.Clamp((int)Math.Round(9 * Math.Exp(0.69 * Normal())), 2, 40));
        var locked = await bank.LockUp(alone);
        Pass(1);
        await bank.CheckOut(locked);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private void Pass(int minutes) => clock.Pass(TimeSpan.FromMinutes(minutes) + TimeSpan.FromSeconds(random.Next(50)));

    private void MoveTo(DateOnly date, TimeOnly time)
    {
        var instant = new DateTimeOffset(date.ToUtc(time, Zone));
        if (instant > clock.GetUtcNow()) clock.MoveTo(instant);
    }
}
