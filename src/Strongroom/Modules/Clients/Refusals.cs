namespace Strongroom.Modules.Clients;

internal sealed record NetworksNotUnderstood() : Refusal("clients.networks-not-understood", 422, "These are not addresses or networks.", "Write addresses such as 192.0.2.7 or networks such as 10.20.0.0/16, separated by spaces.");

internal sealed record ScopesMissing() : Refusal("clients.scopes-missing", 422, "The client would be allowed nothing.", "Choose at least one thing that it may do.");

internal sealed record ScopeUnknown(string Scope) : Refusal("clients.scope-unknown", 422, $"There is no scope “{Scope}”.", $"Choose among {string.Join(", ", Web.Scopes.All)}.");

internal sealed record BranchesMissing() : Refusal("clients.branches-missing", 422, "The client would work at no branch.", "Choose branches, or the whole bank.");

internal sealed record ClientRevoked() : Refusal("clients.revoked", 409, "This client is revoked.", "Register a new one.");

internal sealed record CertificateUnreadable() : Refusal("clients.certificate-unreadable", 422, "This is not a certificate.", "Paste the whole text from BEGIN CERTIFICATE to END CERTIFICATE, without the private key.");

internal sealed record CertificateNotSelfSigned() : Refusal("clients.certificate-not-self-signed", 422, "This certificate is signed by an authority.", "Have the client make a self-signed one for this purpose: we accept exactly that certificate, whoever else an authority may certify.");

internal sealed record CertificateOver() : Refusal("clients.certificate-over", 422, "This certificate is no longer valid.", "Have the client make a new one.");

internal sealed record CertificateAlreadyThere() : Refusal("clients.certificate-already-there", 409, "This certificate is accepted already.", "Nothing needs to be done.");

internal sealed record TokenNotGood() : Refusal("clients.token-not-good", 401, "The access token is over, revoked, or not for this server and address.", "Ask /connect/token for a new one.");
