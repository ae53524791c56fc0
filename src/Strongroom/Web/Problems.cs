using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Strongroom.Web;

/// <summary>
/// Whatever goes wrong under /api is answered with problem details that have a stable `code`, a `next` step and the trace's id, whoever
/// answered: a slice's refusal, the framework's validation, routing, or a bug. Nothing of our insides is in them.
/// </summary>
internal static class Problems
{
    public static void AddProblems(this WebApplicationBuilder builder)
    {
        // In every environment, so that development sees what production says.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.ProblemDetails, context.HttpContext));
        builder.Services.AddExceptionHandler<UnreadableRequest>();
    }

    public static void UseProblems(this IApplicationBuilder api)
    {
        api.UseExceptionHandler();
        api.UseStatusCodePages();
    }

    private static void Complete(ProblemDetails problem, HttpContext http)
    {
        if (problem is HttpValidationProblemDetails { Errors: var errors })
        {
            // Fields are named as the request names them, whoever found the fault.
            foreach (var (member, faults) in errors.ToList())
            {
                errors.Remove(member);
                errors[AsInJson(member)] = faults;
            }
        }
        if (problem.Extensions.TryGetValue("field", out var field) && field is string name) problem.Extensions["field"] = AsInJson(name);
        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        if (problem.Extensions.ContainsKey("code") || Words(problem.Status ?? http.Response.StatusCode) is not { } words) return;
        problem.Type = $"urn:strongroom:refusal:{words.Code}";
        problem.Title = words.Title;
        problem.Extensions["code"] = words.Code;
        problem.Extensions["next"] = words.Next;
    }

    // "Lines[0].Kind" → "lines[0].kind".
    private static string AsInJson(string member) => string.Join('.', member.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static (string Code, string Title, string Next)? Words(int status) => status switch
    {
        400 => ("malformed", "The request is not in the form asked for.", "Correct the fields named in `errors` and send it again."),
        401 => ("not-signed-in", "You are not signed in.", "Sign in and send the request again."),
        403 => ("not-allowed", "Your role does not allow this here.", "Ask your manager who may do it."),
        404 => ("not-found", "There is nothing at this address.", "Check the address against /openapi/v1.json."),
        405 => ("wrong-method", "This address does not answer to this method.", "Use a method that the Allow header names."),
        406 => ("not-acceptable", "The answer is not to be had in this form.", "Accept application/json."),
        413 => ("too-large", "The request is too large.", "Send less at once."),
        415 => ("wrong-content-type", "The request's content type is not understood here.", "Send application/json."),
        429 => ("too-many", "Too many requests.", "Wait as long as the Retry-After header says."),
        500 => ("broken", "Something broke on our side.", "Send it again with the same Idempotency-Key; if it stays, report the traceId."),
        503 => ("busy", "The server cannot answer now.", "Try again in a few seconds."),
        _ => null,
    };

    /// <summary>A request that could not even be read: bad JSON, a value of the wrong type, a missing body. Named by its field where there is one.</summary>
    private sealed class UnreadableRequest(IProblemDetailsService problems) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            if (exception is not BadHttpRequestException bad || !httpContext.Request.Path.StartsWithSegments("/api")) return false;
            httpContext.Response.StatusCode = bad.StatusCode;
            var problem = bad.StatusCode == StatusCodes.Status400BadRequest
                ? new HttpValidationProblemDetails(new Dictionary<string, string[]> { [Field(bad)] = [Mend(bad)] }) { Status = bad.StatusCode }
                : new ProblemDetails { Status = bad.StatusCode };
            return await problems.TryWriteAsync(new() { HttpContext = httpContext, ProblemDetails = problem, Exception = exception });
        }

        // "$.lines[0].kind" → "lines[0].kind"; empty for the request as a whole.
        private static string Field(BadHttpRequestException bad) =>
            bad.InnerException is JsonException { Path: { } path } ? path.TrimStart('$').TrimStart('.') : "";

        private static string Mend(BadHttpRequestException bad) =>
            bad.InnerException is JsonException ? "This field is not known here, stands twice, or its value is not of its type or holds a zero character." : "A value is missing or not of its type.";
    }
}
