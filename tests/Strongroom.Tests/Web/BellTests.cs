using Strongroom.Web.Live;

namespace Strongroom.Tests.Web;

public sealed class BellTests
{
    private static readonly PersonId
        Asha = new(Guid.Parse("019a0000-0000-7000-8000-00000000000a")), Birju = new(Guid.Parse("019a0000-0000-7000-8000-00000000000b"));

    private readonly Bell<PersonId> bell = new();

    [Fact]
    public async Task The_bell_rings_for_everybody_who_listens_to_it_and_for_nobody_else()
    {
        using var one = bell.Listen(Asha);
        using var two = bell.Listen(Birju, Asha);
        using var other = bell.Listen(Birju);

        bell.Ring(Asha);

        (await Heard(one)).ShouldBe([Asha]);
        (await Heard(two)).ShouldBe([Asha]);
        (await other.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rung_twice_before_anybody_waits_it_has_rung_once_for_each_key()
    {
        using var ear = bell.Listen(Asha, Birju);

        bell.Ring(Asha, Asha);
        bell.RingAll();

        (await Heard(ear)).ShouldBe([Asha, Birju], ignoreOrder: true);
        (await ear.Wait(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_left_does_not_hinder_the_bell_and_leaves_nothing_behind()
    {
        bell.Listen(Asha).Dispose();
        bell.IsHeard.ShouldBeFalse();
        using var stays = bell.Listen(Asha);

        bell.Ring(Asha);

        (await Heard(stays)).ShouldBe([Asha]);
    }

    private static Task<IReadOnlySet<PersonId>> Heard(Bell<PersonId>.Ear ear) => ear.Wait(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
}
