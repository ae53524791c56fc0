using Strongroom.Modules.Audit.Contracts;

namespace Strongroom.Modules.SignIn;

internal static class SignInAudit
{
    public static readonly AuditKind Invited = new("sign-in.invited", "Sign-in set up, activation code made");
    public static readonly AuditKind StartedOver = new("sign-in.started-over", "Password and second factors removed, new activation code made");
    public static readonly AuditKind Activated = new("sign-in.activated", "Sign-in activated");
    public static readonly AuditKind ActivationFailed = new("sign-in.activation-failed", "Activation code mistyped");
    public static readonly AuditKind Disabled = new("sign-in.disabled", "Sign-in disabled");
    public static readonly AuditKind Enabled = new("sign-in.enabled", "Sign-in enabled again");
    public static readonly AuditKind SignedIn = new("sign-in.signed-in", "Signed in");
    public static readonly AuditKind SignedOut = new("sign-in.signed-out", "Signed out");
    public static readonly AuditKind Locked = new("sign-in.locked", "Screen locked");
    public static readonly AuditKind Unlocked = new("sign-in.unlocked", "Screen unlocked");
    public static readonly AuditKind UnlockFailed = new("sign-in.unlock-failed", "Screen not unlocked");
    public static readonly AuditKind LeftLocked = new("sign-in.left-locked", "Locked session ended, somebody else signed in at that screen");
    public static readonly AuditKind LeftOpen = new("sign-in.left-open", "Session ended, somebody signed in over it");
    public static readonly AuditKind EverybodySignedOut = new("sign-in.everybody-signed-out", "Everybody signed out by an administrator");
    public static readonly AuditKind SessionsEnded = new("sign-in.sessions-ended", "Sessions ended");
    public static readonly AuditKind Confirmed = new("sign-in.confirmed", "Confirmed to be the person signed in");
    public static readonly AuditKind Failures = new("sign-in.failures", "Sign-in failed");
    public static readonly AuditKind PasswordChanged = new("sign-in.password-changed", "Password changed");
    public static readonly AuditKind TotpEnrolled = new("sign-in.totp-enrolled", "Authenticator app enrolled");
    public static readonly AuditKind PasskeyAdded = new("sign-in.passkey-added", "Passkey added");
    public static readonly AuditKind PasskeyConfirmed = new("sign-in.passkey-confirmed", "Passkey confirmed with an identity check");
    public static readonly AuditKind PasskeyRenamed = new("sign-in.passkey-renamed", "Passkey renamed");
    public static readonly AuditKind PasskeyRemoved = new("sign-in.passkey-removed", "Passkey removed");
    public static readonly AuditKind RecoveryCodesMade = new("sign-in.recovery-codes-made", "New recovery codes made");
    public static readonly AuditKind RecoveryCodeUsed = new("sign-in.recovery-code-used", "Recovery code used");
    public static readonly AuditKind ProviderLinked = new("sign-in.provider-linked", "Account at the bank's sign-in provider linked");
    public static readonly AuditKind ProviderUnlinked = new("sign-in.provider-unlinked", "Account at the bank's sign-in provider unlinked");
    public static readonly AuditKind ProviderRefused = new("sign-in.provider-refused", "Sign-in by the bank's provider refused");
    public static readonly AuditKind SignatureAsked = new("sign-in.signature-asked", "Signature asked for");
    public static readonly AuditKind SignatureGiven = new("sign-in.signature-given", "Signed");
    public static readonly AuditKind SignaturesForgotten = new("sign-in.signatures-forgotten", "Unused questions to sign removed");
    public static readonly AuditKind SignatureUsed = new("sign-in.signature-used", "Signature used");
}
