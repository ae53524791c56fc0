namespace Strongroom.Data;

/// <summary>Clients that call other people's servers.</summary>
internal static class Outgoing
{
    /// <summary>One that goes where it was told and nowhere else: whoever answers with another address is not followed, because a message or a checkpoint would follow.</summary>
    public static void AddOutgoing(this IServiceCollection services, string name, TimeSpan timeout) =>
        services.AddHttpClient(name, client => client.Timeout = timeout).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
}
