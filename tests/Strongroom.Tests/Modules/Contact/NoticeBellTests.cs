using Strongroom.Modules.Contact.Notices;

namespace Strongroom.Tests.Modules.Contact;

public sealed class NoticeBellTests
{
    private static readonly PersonId Asha = new(Guid.Parse("019a0000-0000-7000-8000-00000000000a"));

    [Fact]
    public async Task The_bell_rings_for_everybody_of_the_person_and_for_nobody_else()
    {
        var bell = new NoticeBell();
        using var one = bell.Listen(Asha);
        using var two = bell.Listen(Asha);
        using var other = bell.Listen(new(Guid.Empty));

        bell.Ring(Asha);

        await one.Wait(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        await two.Wait(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
        using var stop = new CancellationTokenSource();
        var waiting = other.Wait(Timeout.InfiniteTimeSpan, stop.Token);
        waiting.IsCompleted.ShouldBeFalse();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waiting);
    }

    [Fact]
    public async Task Who_left_does_not_hinder_the_bell()
    {
        var bell = new NoticeBell();
        bell.Listen(Asha).Dispose();
        using var stays = bell.Listen(Asha);

        bell.Ring(Asha);
        bell.Ring(Asha);

        await stays.Wait(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
    }
}
