using System.Globalization;

namespace Strongroom.Web.Widgets;

/// <summary>Money as people write it: minor units in, ₹12,34,567.00 out. Indian grouping is for rupees, not for a language.</summary>
public static class MoneyWords
{
    private static readonly NumberFormatInfo Indian = Grouped([3, 2]);
    private static readonly NumberFormatInfo Western = Grouped([3]);

    /// <param name="minor">Paise or cents.</param>
    /// <param name="currency">ISO 4217, a currency of two decimals.</param>
    /// <param name="whole">Leaves the decimals out where they are nought.</param>
    public static string Of(long minor, string currency = "INR", bool whole = false)
    {
        // Divided as decimal: the smallest long has no positive twin to take digits from.
        var amount = Math.Abs(minor / 100m);
        var digits = amount.ToString(whole && minor % 100 == 0 ? "N0" : "N2", currency == "INR" ? Indian : Western);
        var sign = minor < 0 ? "−" : "";
        return currency switch
        {
            "INR" => $"{sign}₹{digits}",
            "USD" => $"{sign}${digits}",
            _ => $"{sign}{currency}\u00a0{digits}",
        };
    }

    private static NumberFormatInfo Grouped(int[] sizes)
    {
        var format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        format.NumberGroupSizes = sizes;
        return NumberFormatInfo.ReadOnly(format);
    }
}
