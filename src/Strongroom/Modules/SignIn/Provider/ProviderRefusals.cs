using Strongroom.Modules.SignIn.Attempts;

namespace Strongroom.Modules.SignIn.Provider;

internal sealed record ProviderUnreachable() : Refusal(
    "sign-in.provider-unreachable", 503, "The bank's sign-in provider does not answer.", "Sign in with your user name and password, or with a passkey. Tell your administrator.");

internal sealed record ProviderAnswerRefused() : Refusal(
    "sign-in.provider-answer-refused", 401, "What the bank's sign-in provider answered was not accepted.",
    "Try once more. If it happens again, sign in with your password or a passkey and tell your administrator.");

internal sealed record ProviderCancelled() : Refusal(
    "sign-in.provider-cancelled", 401, "You came back without signing in at the bank's provider.", "Try again, or sign in with your password or a passkey.");

internal sealed record ProviderStepOver() : Refusal(
    "sign-in.provider-step-over", 401, "This way in was taken already, was begun in another browser, or its ten minutes are over.", "Start again from this page.");

internal sealed record ProviderNotRecent() : Refusal(
    "sign-in.provider-not-recent", 401, "The bank's sign-in provider did not ask you anew who you are.", "Start again, and sign in there when it asks you.");

internal sealed record ProviderNotLinked() : Refusal(
    "sign-in.provider-not-linked", 403, "The account you used at the provider is linked to nobody here.",
    "Sign in with your password or a passkey, then link the account on your profile. It is done once.");

internal sealed record ProviderOfficerClosed() : Refusal(
    "sign-in.provider-officer-closed", 403, "Your sign-in here is closed, or you are posted nowhere at the moment.", "Ask an administrator of Strongroom; the provider cannot help with it.");

internal sealed record ProviderAppNeeded() : Refusal(
    "sign-in.provider-app-needed", 403, "The provider did not ask for a second factor, and you have no authenticator app here.", "Sign in with your passkey.");

internal sealed record ProviderForOfficers() : Refusal(
    "sign-in.provider-for-officers", 403, "Only officers of the bank sign in by its provider.", "Sign in with your password or a passkey, as before.");

internal sealed record ProviderLinkedAlready() : Refusal(
    "sign-in.provider-linked-already", 409, "An account at the provider is linked to you already.", "Unlink it first if you have a new one.");

internal sealed record ProviderLinkedToAnother() : Refusal(
    "sign-in.provider-linked-to-another", 409, "This account at the provider is linked to somebody else here.",
    "Use your own account there. If it is yours, tell your administrator at once: somebody else can sign in with it.");

/// <summary>The browser comes back from the provider by an address that names the refusal; a page has words for these and no others.</summary>
internal static class ProviderRefusals
{
    private static readonly Dictionary<string, Refusal> All = new Refusal[]
    {
        new ProviderUnreachable(), new ProviderAnswerRefused(), new ProviderCancelled(), new ProviderStepOver(), new ProviderNotRecent(), new ProviderNotLinked(), new ProviderOfficerClosed(),
        new ProviderAppNeeded(), new ProviderForOfficers(), new ProviderLinkedAlready(), new ProviderLinkedToAnother(), new NotFresh(), new ChangedMeanwhile(), new TooBusy(),
        new TooManyAttempts((int)AttemptRule.Address.LongestPause.TotalMinutes),
    }.ToDictionary(refusal => refusal.Code);

    public static Refusal? Of(string? code) => code is null ? null : All.GetValueOrDefault(code);
}
