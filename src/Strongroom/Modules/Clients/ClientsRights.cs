namespace Strongroom.Modules.Clients;

internal static class ClientsRights
{
    public const string Read = "clients.read";

    /// <summary>Registers clients, changes what they may do, makes and revokes their secrets.</summary>
    public const string Write = "clients.write";

    /// <summary>Registers webhooks, resumes and replays them; a client its own.</summary>
    public const string Webhooks = "clients.webhooks";
}
