using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Strongroom.Shared;

/// <summary>An exact amount in minor units (paise, cents). Never a fraction, never a float.</summary>
[JsonConverter(typeof(MoneyJsonConverter))]
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

/// <summary>A whole number of minor units in JSON, so that no client's float ever holds an amount.</summary>
internal sealed class MoneyJsonConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Minor);
}
