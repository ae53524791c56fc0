using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.Clients;

internal static class ClientsAudit
{
    public static readonly AuditKind
        Registered = new("clients.registered", "API client registered"),
        Changed = new("clients.changed", "What an API client may do was changed"),
        SecretRotated = new("clients.secret-rotated", "New secret made for an API client"),
        CertificateAdded = new("clients.certificate-added", "Certificate accepted for an API client"),
        CertificateRemoved = new("clients.certificate-removed", "Certificate of an API client no longer accepted"),
        Revoked = new("clients.revoked", "API client revoked, its tokens with it"),
        TokenIssued = new("clients.token-issued", "API client came in"),
        WebhookRegistered = new("clients.webhook-registered", "Webhook registered"),
        WebhookSecretRotated = new("clients.webhook-secret-rotated", "New secret made for a webhook"),
        WebhookReplayed = new("clients.webhook-replayed", "Deliveries of a webhook sent again"),
        WebhookStopped = new("clients.webhook-stopped", "Webhook stopped: nobody answers"),
        WebhookResumed = new("clients.webhook-resumed", "Webhook resumed"),
        WebhookRemoved = new("clients.webhook-removed", "Webhook removed");
}
