namespace Strongroom.Web;

/// <summary>What a client may be let in for. Their names stand in tokens and in other people's configuration: stable for ever.</summary>
public static class Scopes
{
    public const string LockersRead = "lockers.read", CustomersRegister = "customers.register", VisitsRead = "visits.read", HoldsPlace = "holds.place", WebhooksManage = "webhooks.manage";

    public static readonly IReadOnlyList<string> All = [LockersRead, CustomersRegister, VisitsRead, HoldsPlace, WebhooksManage];

    public static string Words(string scope) => scope switch
    {
        LockersRead => "Which lockers are free, by branch and size.",
        CustomersRegister => "Registers customers. Reads none.",
        VisitsRead => "Which visits there were, by ids. No names.",
        HoldsPlace => "Finds an agreement by its number and blocks it. Lifts nothing.",
        WebhooksManage => "Has itself told of what happens, as far as the others go.",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "There is no such scope."),
    };
}

/// <summary>
/// On an endpoint that a client with this scope may call, beside persons with the endpoint's right. An endpoint without it answers 403 to every
/// client. The slice asks for right and branch as of anybody.
/// </summary>
internal sealed record OpenToClients(string Scope)
{
    /// <summary>True for persons; for a client when its token has the endpoint's scope.</summary>
    public static bool Opens(HttpContext http) =>
        http.Features.Get<Actor>()?.Client is not { } client
        || (http.GetEndpoint()?.Metadata.GetMetadata<OpenToClients>() is { } open && client.Scopes.Contains(open.Scope));
}

internal static class OpenToClientsRegistration
{
    /// <param name="scope">One of <see cref="Scopes"/>.</param>
    public static TBuilder OpenToClients<TBuilder>(this TBuilder endpoint, string scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new OpenToClients(scope));
}
