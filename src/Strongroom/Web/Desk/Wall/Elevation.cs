using Strongroom.Modules.Branches.Contracts;

namespace Strongroom.Web.Desk.Wall;

/// <summary>A locker's front in its cabinet, in millimetres from the top left.</summary>
public sealed record Front(StandingLocker Standing, int X, int Y, int Width, int Height);

/// <summary>A cabinet as one sees it who stands before it.</summary>
public sealed record Elevation(CabinetId Cabinet, string Name, int Width, int Height, IReadOnlyList<Front> Fronts)
{
    /// <summary>
    /// Set-up knows each locker's row and column and its type's size, and no distances: rows lie under each other, each as high as its highest
    /// locker, and in a row the lockers stand side by side. A column that is empty in a row keeps the room of the row's narrowest locker.
    /// </summary>
    public static Elevation Of(CabinetId cabinet, string name, IEnumerable<StandingLocker> lockers)
    {
        List<Front> fronts = [];
        int y = 0, width = 0;
        foreach (var row in lockers.GroupBy(standing => standing.Locker.Row).OrderBy(row => row.Key))
        {
            var gap = row.Min(standing => standing.Locker.Width);
            int x = 0, column = 1;
            foreach (var standing in row.OrderBy(standing => standing.Locker.Column))
            {
                x += gap * (standing.Locker.Column - column);
                fronts.Add(new(standing, x, y, standing.Locker.Width, standing.Locker.Height));
                x += standing.Locker.Width;
                column = standing.Locker.Column + 1;
            }
            width = Math.Max(width, x);
            y += row.Max(standing => standing.Locker.Height);
        }
        return new(cabinet, name, width, y, fronts);
    }
}
