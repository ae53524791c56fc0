using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Modules.Access;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Exchange;
using Strongroom.Tests.Modules.Exchange;
using Strongroom.Tests.Support;
using Strongroom.Web.Desk;

namespace Strongroom.Tests.Web.Desk;

/// <summary>The stories of what came from an old register.</summary>
public abstract class StoryTests<TEngine> : World<TEngine> where TEngine : IEngine
{
    private const string Zone = "Asia/Kolkata";

    protected override async Task Prepare()
    {
        using var register = new RegisterFolder();
        await In(services => services.GetRequiredService<Importer>().Run(register.Path, ImportSource.CommandLine, Actor.System, false, null, default).Fine());
    }

    [Fact]
    public async Task The_visits_of_the_old_register_stand_in_the_stories_of_locker_agreement_and_hirer()
    {
        var entry = await Read(db => db.Set<RegisterEntry>().AsNoTracking().Where(row => row.Agreement != null && row.Operator != null).OrderBy(row => row.Date).FirstAsync());
        foreach (var subject in new[] { Subject.Of(entry.Locker), Subject.Of(entry.Agreement!.Value), Subject.Of(entry.Operator!.Value) })
        {
            var visit = (await Story(subject)).Entries.Where(one => one.What.StartsWith("Visit in the old register", StringComparison.Ordinal)).ToList();
            visit.ShouldContain(one => one.At == entry.Date.ToUtc(entry.TimeIn!.Value, Zone), subject.Kind);
        }
        (await Story(Subject.Of(entry.Locker))).Entries.Select(one => one.At).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task A_visit_whose_end_nobody_wrote_down_says_so()
    {
        var entry = await Read(db => db.Set<RegisterEntry>().AsNoTracking().SingleAsync(row => row.TimeOut == null));
        var told = (await Story(Subject.Of(entry.Locker))).Entries.Single(one => one.At == entry.Date.ToUtc(entry.TimeIn!.Value, Zone));
        told.What.ShouldBe("Visit in the old register, end not recorded");
        told.Who.ShouldNotBeNull().ShouldContain("served by EMP105");
        told.Who.ShouldNotContain("nephew");
    }

    [Fact]
    public async Task A_long_story_is_read_page_by_page_and_nothing_is_left_out_or_told_twice()
    {
        var locker = await Read(db => db.LockerFacts().Where(row => row.Number == "104").Select(row => row.Id).SingleAsync());
        await In(async services =>
        {
            var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
            var act = services.GetRequiredService<Strongroom.Data.Jobs.SystemActs>().At(Clock.UtcNow());
            // Sixty of one day without a time, and seventy after them, some at the same minute.
            db.AddRange(Enumerable.Range(1, 130).Select(at => new RegisterEntry
            {
                Id = act.NewGuid(),
                Locker = locker,
                Agreement = null,
                Date = at <= 60 ? new DateOnly(2019, 1, 1) : new DateOnly(2019, 1, 2).AddDays(at / 10),
                TimeIn = at <= 60 ? null : new TimeOnly(10, at % 3),
                Source = Guid.Empty,
                Line = at,
            }));
            Strongroom.Modules.Audit.Contracts.AuditLog.Append(db, act, new(new("test.set-up", "Set up")));
            return await db.SaveChangesAsync();
        });

        List<string> told = [];
        StoryMark? from = null;
        for (var page = 0; page < 10; page++)
        {
            var read = await Story(Subject.Of(locker), from);
            read.Entries.Count.ShouldBeLessThanOrEqualTo(ReadStory.Size);
            told.AddRange(read.Entries.Where(one => one.At.Year < 2020).Select(one => one.Who!));
            if ((from = StoryMark.Parse(read.Older?.ToString())) is null) break;
        }

        told.Count.ShouldBe(130);
        told.Distinct().Count().ShouldBe(130);
    }

    [Theory, InlineData("nonsense"), InlineData(""), InlineData("~~~"), InlineData("2019-13-45~1")]
    public void An_address_that_is_no_mark_is_the_newest_page(string text) => StoryMark.Parse(text).ShouldBeNull();

    private Task<StoryPage> Story(Subject about, StoryMark? from = null) => In(services => services.GetRequiredService<ReadStory>().Page([about], Zone, from, default));
}

public sealed class Story_on_sqlite : StoryTests<Sqlite>;

public sealed class Story_on_postgres : StoryTests<Postgres>;
