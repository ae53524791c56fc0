using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Strongroom.Data;

namespace Strongroom.Web;

/// <summary>Turns an outcome into HTTP: the value with 200 or 201, or problem details with the refusal's code and what to do next.</summary>
internal static class Answers
{
    public static Results<Ok<T>, ProblemHttpResult> Answer<T>(this Outcome<T> outcome, HttpContext http)
    {
        if (outcome.Refused(out var refusal, out var value)) return refusal.ToProblem(http);
        MarkReplay(outcome, http);
        return TypedResults.Ok(value);
    }

    public static Results<Created<T>, ProblemHttpResult> AnswerCreated<T>(this Outcome<T> outcome, HttpContext http, Func<T, string> location)
    {
        if (outcome.Refused(out var refusal, out var value)) return refusal.ToProblem(http);
        MarkReplay(outcome, http);
        return TypedResults.Created(location(value), value);
    }

    /// <param name="waits">The request that others must approve first: then nothing is done yet, 202 with where it waits.</param>
    public static Results<Ok<T>, Accepted<T>, ProblemHttpResult> AnswerOrWait<T>(this Outcome<T> outcome, HttpContext http, Func<T, ApprovalId?> waits)
    {
        if (outcome.Refused(out var refusal, out var value)) return refusal.ToProblem(http);
        MarkReplay(outcome, http);
        return waits(value) is { } approval ? TypedResults.Accepted($"/api/v1/approvals/{approval}", value) : TypedResults.Ok(value);
    }

    public static Results<Created<T>, Accepted<T>, ProblemHttpResult> AnswerCreatedOrWait<T>(this Outcome<T> outcome, HttpContext http, Func<T, string> location, Func<T, ApprovalId?> waits)
    {
        if (outcome.Refused(out var refusal, out var value)) return refusal.ToProblem(http);
        MarkReplay(outcome, http);
        return waits(value) is { } approval ? TypedResults.Accepted($"/api/v1/approvals/{approval}", value) : TypedResults.Created(location(value), value);
    }

    public static Results<Ok<T>, ProblemHttpResult> AnswerFound<T>(this T? found, HttpContext http, string what, long? version = null) where T : class
    {
        if (found is null) return new NoSuch(what).ToProblem(http);
        if (version is { } v) http.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{v}\"");
        return TypedResults.Ok(found);
    }

    public static ProblemHttpResult ToProblem(this Refusal refusal, HttpContext http)
    {
        if (refusal.Status is 429 or 503) http.Response.Headers.RetryAfter = "5";
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code, ["next"] = refusal.Next };
        if (refusal.Field is { } field) extensions["field"] = field;
        return TypedResults.Problem(title: refusal.Title, statusCode: refusal.Status, type: $"urn:strongroom:refusal:{refusal.Code}", extensions: extensions);
    }

    private static void MarkReplay<T>(Outcome<T> outcome, HttpContext http)
    {
        if (outcome.Replayed) http.Response.Headers["Idempotency-Replayed"] = "true";
    }
}
