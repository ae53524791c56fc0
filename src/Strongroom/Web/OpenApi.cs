using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NetEscapades.AspNetCore.SecurityHeaders;
using Scalar.AspNetCore;
using Strongroom.Data;

namespace Strongroom.Web;

/// <summary>
/// The API's description at /openapi/v1.json and a page to read it by at /reference. Both are open to anyone: the source is open too, a client's
/// author has no account yet, and what an endpoint does is guarded at the endpoint.
/// </summary>
internal static class OpenApi
{
    public const string Document = "v1", ReferencePolicy = "reference";

    private const string ProblemName = "Problem", ClientFlow = "client", SessionCookie = "session";

    public static void AddApiDescription(this WebApplicationBuilder builder) => builder.Services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new()
            {
                Title = "Strongroom",
                Version = Document,
                Description = "Safe-deposit lockers of a bank. Errors are problem details with a stable `code` and a `next` step. "
                    + "Amounts are whole minor units (paise, cents), instants are UTC, ids are UUIDs.",
            };
            document.Servers = [];
            document.AddComponent(SessionCookie, new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = "__Host-strongroom", Description = "A person's session." });
            document.AddComponent(ClientFlow, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Another system of the bank's, registered by an administrator.",
                Flows = new() { ClientCredentials = new() { TokenUrl = new("/connect/token", UriKind.Relative), Scopes = Scopes.All.ToDictionary(scope => scope, Scopes.Words, StringComparer.Ordinal) } },
            });
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Plain(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(async (operation, context, cancel) =>
        {
            context.Document!.AddComponent(ProblemName, await context.GetOrCreateSchemaAsync(typeof(ProblemShape), null, cancel));
            Describe(operation, context, new OpenApiSchemaReference(ProblemName, context.Document));
        });
    });

    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().WithName("OpenApi");
        // Its script comes with the package and is served from here; fonts, proxy, telemetry and the assistant of its makers stay out.
        app.MapScalarApiReference("/reference", (options, http) => options
            .WithTitle("Strongroom API")
            .WithOpenApiRoutePattern("/openapi/{documentName}.json")
            .DisableDefaultFonts()
            .DisableTelemetry()
            .DisableAgent()
            .DisableMcp()
            .HideClientButton()
            .HideDeveloperTools()
            .WithNonce(http.GetNonce()))
            .AllowAnonymous()
            .WithSecurityHeadersPolicy(ReferencePolicy);
    }

    /// <summary>What our converters write, which no schema generator can know.</summary>
    private static void Plain(OpenApiSchema schema, Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        var orNull = value == type ? default : JsonSchemaType.Null;
        if (value.IsGenericType && value.GetGenericTypeDefinition() == typeof(Id<>))
            (schema.Type, schema.Format, schema.Properties, schema.Required) = (JsonSchemaType.String | orNull, "uuid", null, null);
        else if (value == typeof(Money))
            (schema.Type, schema.Format, schema.Properties, schema.Required, schema.Description) = (JsonSchemaType.Integer | orNull, "int64", null, null, "Minor units: paise, cents.");
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, OpenApiSchemaReference problem)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var writes = !HttpMethods.IsGet(context.Description.HttpMethod ?? "GET");
        operation.Summary ??= operation.OperationId is { } name ? Sentence(name) : null;
        var scope = endpoint.OfType<OpenToClients>().FirstOrDefault()?.Scope;
        operation.Parameters ??= [];
        operation.Responses ??= [];
        if (writes)
        {
            operation.Parameters.Add(Header(RequestMark.KeyHeader, required: true, 1, IdempotencyRow.KeyLength,
                "A new random value for each new request, the same one with a repeat: a repeat is answered with the first answer and `Idempotency-Replayed: true`. Kept 30 days."));
            operation.Parameters.Add(Header("X-CSRF-TOKEN", required: scope is null, 1, null,
                "The session's antiforgery token, from /api/v1/session." + (scope is null ? "" : " Not asked of a client, whose token no browser sends by itself.")));
            operation.Parameters.Add(Header("If-Match", required: false, null, null,
                "The ETag of what you read, where an existing thing is changed: 428 without it, 412 when somebody changed it meanwhile."));
        }
        void Answers(int status, string description) => operation.Responses.TryAdd(status.ToString(System.Globalization.CultureInfo.InvariantCulture), new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/problem+json"] = new() { Schema = problem } },
        });
        if (writes) Answers(400, "The request is malformed; `errors` names the fields.");
        if (!endpoint.OfType<IAllowAnonymous>().Any())
        {
            Answers(401, scope is null ? "Not signed in." : "Not signed in, or the token is over.");
            Answers(403, "Your role does not allow this.");
        }
        Answers(404, "There is no such thing, or it is not yours to see.");
        if (writes)
        {
            Answers(409, "A rule refuses; `code` says which and `next` what to do.");
            Answers(412, "Changed by somebody since you read it.");
            Answers(422, "The idempotency key was used for another request.");
            Answers(428, "If-Match is missing.");
            Answers(503, "The database is busy; nothing was changed.");
        }
        Answers(500, "A bug on our side; nothing of it is shown but the traceId.");
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().FirstOrDefault()?.Policy is { } right)
            operation.Description = $"{operation.Description}\n\nNeeds the right `{right}`{(scope is null ? "" : $", or of a client the scope `{scope}`")}.".Trim();
        if (scope is not null) operation.Security = [new() { [new OpenApiSecuritySchemeReference(ClientFlow, context.Document)] = [scope] }, new() { [new OpenApiSecuritySchemeReference(SessionCookie, context.Document)] = [] }];
    }

    // "PlaceHold" → "Place hold".
    private static string Sentence(string name) =>
        string.Concat(name.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : letter.ToString()));

    private static OpenApiParameter Header(string name, bool required, int? shortest, int? longest, string description) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = shortest, MaxLength = longest },
    };

    /// <summary>Every error's shape: RFC 9457 with our three members; `errors` only with 400.</summary>
    public sealed record ProblemShape(
        string Type, string Title, int Status, string? Detail, string Code, string Next, string? Field, string? TraceId, IReadOnlyDictionary<string, string[]>? Errors);
}
