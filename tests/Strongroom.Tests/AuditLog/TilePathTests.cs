using CsCheck;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Tiles;

namespace Strongroom.Tests.AuditLog;

public sealed class TilePathTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 273, 112, "tile/0/273.p/112")]
    [InlineData(0, 1_234, 5, "tile/0/x001/234.p/5")]
    [InlineData(1, 1_234_067, 256, "tile/1/x001/x234/067")]
    [InlineData(2, 0, 1, "tile/2/000.p/1")]
    [InlineData(-1, 1_000, 256, "tile/entries/x001/000")]
    [InlineData(-1, 7, 255, "tile/entries/007.p/255")]
    public void A_tile_has_the_path_that_the_specification_gives_it(int level, long index, int width, string path)
    {
        new TilePath(level, index, width).ToString().ShouldBe(path);
        TilePath.Parse(path).ShouldBe(new(level, index, width));
    }

    [Theory]
    [InlineData("tile/0/0"), InlineData("tile/0/0000"), InlineData("tile/0/x000/001"), InlineData("tile/0/x001"), InlineData("tile/00/001"), InlineData("tile/8/001"), InlineData("tile/-1/001")]
    [InlineData("tile/0/001.p/0"), InlineData("tile/0/001.p/256"), InlineData("tile/0/001.p/05"), InlineData("tile/0/001.p"), InlineData("tile/0/001/"), InlineData("/tile/0/001"), InlineData("tile/entry/001")]
    [InlineData("tile/0/xx01/234"), InlineData("tile/0/../001"), InlineData("tile/0/001 "), InlineData(""), InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999"), InlineData("tile/+1/001"), InlineData("tile/0/٠٠١")]
    public void What_is_written_in_any_other_way_is_no_path(string path) => Should.Throw<MalformedException>(() => TilePath.Parse(path));

    [Fact]
    public void Every_tile_is_found_again_by_its_path() =>
        Gen.Select(Gen.Int[-1, 7], Gen.Long[0, long.MaxValue / 256], Gen.Int[1, 256]).Sample((level, index, width) =>
            TilePath.Parse(new TilePath(level, index, width).ToString()) == new TilePath(level, index, width));

    [Theory]
    [InlineData(70_000, 0, 273, 112), InlineData(70_000, 1, 1, 17), InlineData(70_000, 2, 0, 1), InlineData(256, 1, 0, 1), InlineData(256, 0, 0, 256), InlineData(70_000, -1, 273, 112)]
    public void A_tree_has_the_tiles_of_the_specifications_example(long size, int level, long index, int width) => TilePath.In(size, level, index).Width.ShouldBe(width);

    [Theory]
    [InlineData(70_000, 0, 274), InlineData(256, 0, 1), InlineData(255, 1, 0), InlineData(0, 0, 0), InlineData(70_000, 2, 1), InlineData(10, 0, -1)]
    public void A_tree_has_no_tile_where_it_has_no_hash(long size, int level, long index) => Should.Throw<ArgumentOutOfRangeException>(() => TilePath.In(size, level, index));
}
