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
        TokenIssued = new("clients.token-issued", "API client came in");
}
