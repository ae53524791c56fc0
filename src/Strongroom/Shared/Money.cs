using System.Globalization;

namespace Strongroom.Shared;

/// <summary>An exact amount in minor units (paise, cents). Never a fraction, never a float.</summary>
public readonly record struct Money(long Minor) : IComparable<Money>
{
    private static readonly CultureInfo India = CultureInfo.GetCultureInfo("en-IN");

    public static Money Rupees(long rupees) => new(checked(rupees * 100));

    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + b.Minor));

    public static Money operator -(Money a, Money b) => new(checked(a.Minor - b.Minor));

    public static bool operator <(Money a, Money b) => a.Minor < b.Minor;

    public static bool operator >(Money a, Money b) => a.Minor > b.Minor;

    public static bool operator <=(Money a, Money b) => a.Minor <= b.Minor;

    public static bool operator >=(Money a, Money b) => a.Minor >= b.Minor;

    /// <summary>₹ with Indian digit grouping: ₹1,23,456.00.</summary>
    public override string ToString() => string.Create(India, $"₹{Minor / 100m:N2}");
}
