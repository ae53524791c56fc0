using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Strongroom.BrowserTests.Support;

/// <summary>
/// A journey at a desk's width and at a telephone's. What a page looks like does not hang on the database: on PostgreSQL each journey is walked once, on the
/// telephone, which is the narrower.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class WidthsAttribute : DataAttribute
{
    public override bool SupportsDiscoveryEnumeration() => true;

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        int[] widths = testMethod.ReflectedType!.BaseType!.GenericTypeArguments.Contains(typeof(Postgres)) ? [Screen.Telephone] : [Screen.Desktop, Screen.Telephone];
        return new(widths.Select(width => new TheoryDataRow<int>(width)).ToList());
    }
}
