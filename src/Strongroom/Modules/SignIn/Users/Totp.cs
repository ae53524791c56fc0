using System.Globalization;
using System.Text;
using OtpNet;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.SignIn.Users;

/// <summary>Codes of an authenticator app: RFC 6238 with SHA-1, six digits and 30 seconds, because that is what every app does.</summary>
internal static class Totp
{
    private const string SecretPlace = "app_user.totp_secret";
    private const int SecretBytes = 20, StepSeconds = 30;

    public static byte[] NewSecret() => KeyGeneration.GenerateRandomKey(SecretBytes);

    public static byte[] Seal(Seals seals, Guid user, byte[] secret) => seals.SealForBank($"{SecretPlace}|{user}", secret);

    /// <summary>Accepts a code of this step or of its neighbours (clocks differ), and each step only once: the accepted one is noted on the user.</summary>
    public static bool Accept(Seals seals, User user, string? typed, DateTime now)
    {
        if (user.TotpSecret is not { } envelope) return false;
        if (StepOf(seals.OpenForBank($"{SecretPlace}|{user.Id}", envelope), typed, now) is not { } step || step <= user.TotpLastStep) return false;
        user.TotpLastStep = step;
        return true;
    }

    /// <summary>The step in which the secret gives this code; null when it does in none of the three.</summary>
    public static long? StepOf(byte[] secret, string? typed, DateTime now) =>
        new OtpNet.Totp(secret, StepSeconds).VerifyTotp(now, Strip(typed), out var step, new VerificationWindow(previous: 1, future: 1)) ? step : null;

    public static bool LooksLikeCode(string? typed) => Strip(typed) is { Length: 6 } digits && digits.All(char.IsAsciiDigit);

    /// <summary>What the QR code says to the app.</summary>
    public static string Link(string bank, string userName, byte[] secret) => string.Create(CultureInfo.InvariantCulture,
        $"otpauth://totp/{Uri.EscapeDataString(bank)}:{Uri.EscapeDataString(userName)}?secret={Base32Encoding.ToString(secret)}&issuer={Uri.EscapeDataString(bank)}&digits=6&period={StepSeconds}");

    public static string Manual(byte[] secret) => string.Join(' ', Base32Encoding.ToString(secret).Chunk(4).Select(chunk => new string(chunk)));

    private static string Strip(string? typed)
    {
        var digits = new StringBuilder(6);
        foreach (var c in typed ?? "")
        {
            if (!char.IsWhiteSpace(c) && c != '-') digits.Append(c);
        }
        return digits.ToString();
    }
}
