using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Strongroom.Lab.Bank;
using Strongroom.Modules.Agreements;
using Strongroom.Modules.Agreements.Contracts;
using Strongroom.Modules.Branches;
using Strongroom.Modules.Branches.Contracts;
using Strongroom.Modules.Branches.Lockers;
using Strongroom.Tests.Support;
using Strongroom.Web.Desk;
using Strongroom.Web.Desk.Wall;
using Strongroom.Web.Widgets;

namespace Strongroom.Tests.Web.Desk;

public abstract partial class WallTests<TEngine>(BankWorld<TEngine> world) : IClassFixture<BankWorld<TEngine>> where TEngine : IEngine
{
    private SmallBank Bank => world.Bank;

    [Fact]
    public async Task Each_locker_is_drawn_by_its_state_with_a_shape_and_its_words_and_leads_to_its_page()
    {
        await Bank.OpenDay();
        var rented = await world.NewHire();
        var held = await world.NewHire();
        var inside = await world.NewHire();
        await Bank.Lab.Do<PlaceHold, HoldPlaced>(Bank.Manager.Person, slice => slice.Handle(held.Agreement, new(HoldKind.Court, "Order of the court.", null, "12/2026"), default));
        var admitted = await Bank.Admit(await Bank.Identify(await Bank.CheckIn(inside)));
        await Bank.LeaveAlone(admitted.Id, admitted.Version);
        var (broken, unknown, vacant) = (Bank.Lockers[^1], Bank.Lockers[^2], Bank.Lockers[^3]);
        await world.In(async services =>
        {
            // As the import writes it.
            var db = services.GetRequiredService<Strongroom.Data.StrongroomDb>();
            (await db.Set<Locker>().SingleAsync(row => row.Id == unknown)).OccupantUnknown = true;
            (await db.Set<Locker>().SingleAsync(row => row.Id == broken)).Condition = LockerCondition.OutOfService;
            Strongroom.Modules.Audit.Contracts.AuditLog.Append(db, services.GetRequiredService<Strongroom.Data.Jobs.SystemActs>().At(world.Clock.UtcNow()), new(new("test.set-up", "Set up")));
            return await db.SaveChangesAsync();
        });

        using var desk = await world.SignIn(Bank.Custodian);
        var html = await desk.GetStringAsync("/desk/wall");

        Drawn(html, rented.Locker).ShouldBe(("rented", $"Locker {rented.Number}, rented, {rented.Name}", ""));
        Drawn(html, held.Locker).ShouldBe(("held", $"Locker {held.Number}, hold, {held.Name}", "url(#wall-hold)"));
        Drawn(html, inside.Locker).ShouldBe(("inside", $"Locker {inside.Number}, someone inside, {inside.Name}", ""));
        Drawn(html, unknown).Item1.ShouldBe("unknown");
        Drawn(html, unknown).Item3.ShouldBe("url(#wall-unknown)");
        Drawn(html, broken).ShouldBe(("out", Drawn(html, broken).Item2, "url(#wall-out)"));
        Drawn(html, vacant).Item1.ShouldBe("vacant");
        Regex.Count(html, "class=\"ring\"").ShouldBe(1 + 1, "one in the legend, one on the wall");
        foreach (var pattern in new[] { "wall-hold", "wall-unknown", "wall-out" }) html.ShouldContain($"<pattern id=\"{pattern}\"");
        foreach (var state in WallPage.Legend) html.ShouldContain(GlyphWords.Of(state));
        html.ShouldContain("The same as a table");
        html.ShouldNotContain("style=", customMessage: "the policy lets no style stand in the markup");
    }

    [Fact]
    public async Task The_wall_is_of_the_branches_where_the_officer_is_posted()
    {
        using var admin = await world.SignIn(Bank.Admin);
        (await admin.GetAsync("/desk/wall")).IsSuccessStatusCode.ShouldBeFalse();
        using var desk = await world.SignIn(Bank.Custodian);
        (await desk.GetStringAsync($"/desk/wall?branch={Guid.NewGuid()}")).ShouldContain("You are not posted at a branch");
    }

    private static (string, string, string) Drawn(string html, LockerId locker)
    {
        var link = Regex.Match(html, $"<a href=\"/desk/lockers/{locker}\" class=\"([a-z]+)\" aria-label=\"([^\"]*)\">(.*?)</a>", RegexOptions.Singleline);
        link.Success.ShouldBeTrue($"locker {locker} is not on the wall");
        return (link.Groups[1].Value, System.Net.WebUtility.HtmlDecode(link.Groups[2].Value), Regex.Match(link.Groups[3].Value, "fill=\"([^\"]*)\"").Groups[1].Value);
    }
}

public sealed class Wall_on_sqlite(BankWorld<Sqlite> world) : WallTests<Sqlite>(world);

public sealed class Wall_on_postgres(BankWorld<Postgres> world) : WallTests<Postgres>(world);

public sealed class ElevationTests
{
    [Fact]
    public void Rows_lie_under_each_other_and_lockers_stand_side_by_side_at_their_own_size()
    {
        var drawn = Elevation.Of(default, "A", [Locker(1, 1, 100, 120), Locker(1, 2, 150, 200), Locker(2, 1, 300, 320)]);

        drawn.Fronts.Select(front => (front.X, front.Y, front.Width, front.Height)).ShouldBe([(0, 0, 120, 100), (120, 0, 200, 150), (0, 150, 320, 300)]);
        (drawn.Width, drawn.Height).ShouldBe((320, 450));
    }

    [Fact]
    public void An_empty_place_keeps_its_room() =>
        Elevation.Of(default, "A", [Locker(1, 1, 100, 120), Locker(1, 3, 100, 120)]).Fronts.Select(front => front.X).ShouldBe([0, 240]);

    [Theory]
    [InlineData(true, true, true, false, LockerCondition.OutOfService, GlyphState.Inside)]
    [InlineData(false, true, true, false, LockerCondition.UnderRepair, GlyphState.OutOfService)]
    [InlineData(false, true, true, false, LockerCondition.InService, GlyphState.Hold)]
    [InlineData(false, true, false, true, LockerCondition.InService, GlyphState.Rented)]
    [InlineData(false, false, false, true, LockerCondition.InService, GlyphState.Unknown)]
    [InlineData(false, false, false, false, LockerCondition.InService, GlyphState.Vacant)]
    public void Of_several_states_the_gravest_is_drawn(bool inside, bool hired, bool held, bool unknown, LockerCondition condition, GlyphState state) =>
        LockerStates.Of(new LockerFacts { Condition = condition, OccupantUnknown = unknown }, inside, hired, held, everHired: hired).ShouldBe(state);

    private static StandingLocker Locker(int row, int column, int height, int width) =>
        new(new LockerFacts { Row = row, Column = column, Height = height, Width = width }, GlyphState.Vacant, null, null, null);
}
