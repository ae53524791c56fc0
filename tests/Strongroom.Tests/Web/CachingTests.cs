using Strongroom.Lab.Bank;
using Strongroom.Tests.Modules.Access;
using Strongroom.Tests.Support;

namespace Strongroom.Tests.Web;

/// <summary>What is kept where: pages and answers nowhere; what is the same for everybody may be.</summary>
public sealed class CachingTests(OpenDayWorld<Sqlite> world) : IClassFixture<OpenDayWorld<Sqlite>>
{
    private SmallBank Bank => world.Bank;

    [Theory]
    [InlineData("/desk")]
    [InlineData("/desk/lockers")]
    [InlineData("/api/v1/session")]
    [InlineData("/api/v1/nothing-here")]
    [InlineData("/profile")]
    public async Task No_cache_keeps_what_a_signed_in_person_was_shown(string path)
    {
        using var officer = await world.SignIn(Bank.CounterOfficer);
        (await officer.GetAsync(path)).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/audit/check")]
    [InlineData("/api/v1/people")]
    public async Task Nor_what_a_stranger_was(string path)
    {
        using var stranger = world.Client();
        (await stranger.GetAsync(path)).Headers.CacheControl!.NoStore.ShouldBeTrue();
    }
}
