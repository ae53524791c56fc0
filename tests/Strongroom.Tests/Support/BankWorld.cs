using Strongroom.Lab.Bank;

namespace Strongroom.Tests.Support;

/// <summary>A world with the small bank in it: one branch, its vault, four officers, a guard key in the safe. Nobody has opened the day yet.</summary>
public class BankWorld<TEngine> : World<TEngine> where TEngine : IEngine
{
    private int lockers;

    public SmallBank Bank { get; private set; } = null!;

    public LabBank Lab { get; private set; } = null!;

    protected override async Task Prepare()
    {
        // Eleven in the morning in India: within vault hours.
        Clock.SetUtcNow(Start.AddHours(2));
        Lab = new LabBank(App, Clock, Clock.Advance);
        Bank = await SmallBank.SetUp(Lab);
    }

    /// <summary>A hirer of a locker that no other test of the class uses.</summary>
    public Task<Hire> NewHire() => Bank.LetTo($"Asha Rao {lockers}", lockers++, $"asha{lockers}@example.in", Pictures.Small);
}
