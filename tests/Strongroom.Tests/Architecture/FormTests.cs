using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Components;
using Strongroom.Web.Widgets;

namespace Strongroom.Tests.Architecture;

public sealed class FormTests
{
    /// <summary>The framework reads an empty field into these kinds of "or nothing", and takes it for a mistake in any other.</summary>
    private static readonly Type[] Readable = [typeof(DateOnly), typeof(TimeOnly), typeof(DateTime), typeof(Choice)];

    [Fact]
    public void A_field_that_may_stay_empty_can_be_read_when_it_is()
    {
        var forms = typeof(StrongroomApp).Assembly.GetTypes()
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(property => property.IsDefined(typeof(SupplyParameterFromFormAttribute))).Select(property => property.PropertyType).Distinct().ToList();
        forms.Count.ShouldBeGreaterThan(50);
        forms.SelectMany(form => form.GetProperties().Where(Unreadable).Select(property => $"{form.DeclaringType?.Name}.{form.Name}.{property.Name}"))
            .ShouldBeEmpty($"Make the property a {nameof(Choice)}, or say that it is required.");
    }

    private static bool Unreadable(PropertyInfo property) =>
        Nullable.GetUnderlyingType(property.PropertyType) is { } type && Type.GetTypeCode(type) == TypeCode.Object && !type.IsEnum && !Readable.Contains(type)
        && !property.IsDefined(typeof(RequiredAttribute));
}
