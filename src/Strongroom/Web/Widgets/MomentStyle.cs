namespace Strongroom.Web.Widgets;

public enum MomentStyle
{
    Full,
    Date,
    Time,
}
