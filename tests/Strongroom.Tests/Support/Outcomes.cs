namespace Strongroom.Tests.Support;

internal static class Outcomes
{
    /// <summary>The value of an act that must have gone well.</summary>
    public static async Task<T> Fine<T>(this Task<Outcome<T>> doing)
    {
        (await doing).Refused(out var refusal, out var value).ShouldBeFalse($"{refusal?.Code}: {refusal?.Title}");
        return value!;
    }

    /// <summary>The refusal of an act that must have been refused.</summary>
    public static async Task<Refusal> RefusedWith<T>(this Task<Outcome<T>> doing, int status, string code)
    {
        (await doing).Refused(out var refusal, out _).ShouldBeTrue("The act was not refused.");
        refusal!.Code.ShouldBe(code);
        refusal.Status.ShouldBe(status);
        return refusal;
    }
}
