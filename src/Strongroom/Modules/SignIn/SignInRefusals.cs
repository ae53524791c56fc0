namespace Strongroom.Modules.SignIn;

// One sentence for every way to fail: no name, wrong password, disabled, wrong code. Which of them it was is nobody's business.
internal sealed record SignInWrong() : Refusal(
    "sign-in.wrong", 401, "The user name or the password is not right.", "Type both again. If you do not remember them, ask at your branch.");

internal sealed record CodeWrong() : Refusal(
    "sign-in.code-wrong", 401, "The code is not right, or was used already.", "Wait for the next code in your app and type that one.");

internal sealed record ProofWrong() : Refusal(
    "sign-in.proof-wrong", 401, "The user name, the password or the code is not right.", "Type them again, with the next code of the app: each code counts once.");

internal sealed record PasskeyWrong() : Refusal(
    "sign-in.passkey-wrong", 401, "The passkey was not accepted.", "Try once more, or use your password and the code of your app.");

internal sealed record StepOver() : Refusal(
    "sign-in.step-over", 401, "The five minutes for this step are over.", "Start again with your user name and password.");

internal sealed record ScreenLocked() : Refusal(
    "sign-in.locked", 401, "The screen is locked.", "Unlock it at /locked, or sign in.");

internal sealed record NotFresh() : Refusal(
    "sign-in.not-fresh", 403, "It is more than ten minutes since you proved to be you.", "Confirm that it is you, then repeat what you meant to do.");
