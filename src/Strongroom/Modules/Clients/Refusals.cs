using Strongroom.Modules.Clients.Webhooks;

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
internal sealed record WebhookNotHttps() : Refusal("clients.webhook-not-https", 422, "A webhook’s address begins with https, and has neither a user name nor a fragment.", "Write it like https://core.example.in/strongroom.");

internal sealed record WebhookInner() : Refusal("clients.webhook-inner", 422, "This address is one of an inner network.", "Use a public name, or have the setting Webhooks:InnerNetworks name the network.");

internal sealed record WebhookKindUnknown(string Kind) : Refusal("clients.webhook-kind-unknown", 422, $"There is no kind “{Kind}” that webhooks are told of.", $"Choose among {string.Join(", ", WebhookKinds.All)}.");

internal sealed record WebhookKindNotAllowed(string Kind, string Scope) : Refusal("clients.webhook-kind-not-allowed", 403, $"“{Kind}” needs the scope {Scope}, which the client does not have.", "Leave it out, or have an administrator give the client that scope.");

internal sealed record WebhookAlreadyThere() : Refusal("clients.webhook-already-there", 409, "The client has a webhook at this address already.", "Remove that one first if it is to be told of other things.");

internal sealed record WebhookNotStopped() : Refusal("clients.webhook-not-stopped", 409, "This webhook is not stopped.", "Nothing needs to be done; single deliveries can be replayed.");

internal sealed record WebhookStopped() : Refusal("clients.webhook-stopped", 409, "This webhook is stopped, because nobody answered for days.", "Resume it: then all that was held back goes out.");

internal sealed record ReplayWhat() : Refusal("clients.replay-what", 422, "Name one delivery, or an instant since when to replay.", "Give either `delivery` or `since`.");
