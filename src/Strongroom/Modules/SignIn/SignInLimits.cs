namespace Strongroom.Modules.SignIn;

/// <summary>
/// Security floors, not business numbers: they hold in every bank, so no policy can move them. Times are from the handler's clock.
/// </summary>
internal static class SignInLimits
{
    /// <summary>PBKDF2 with SHA-512.</summary>
    public const int PasswordIterations = 210_000;

    public const int PasswordLength = 15, PasswordLengthWithSecondFactor = 8, PasswordMost = 128;

    /// <summary>A session ends this long after its last request, and in any case this long after it began.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30), Absolute = TimeSpan.FromHours(12);

    /// <summary>How many sessions a person has at once: a counter, an office, a telephone, and as many again that were not signed out. One more ends the one that was seen longest ago.</summary>
    public const int SessionsAtOnce = 6;

    /// <summary>A session of a person who has yet to enrol a second factor.</summary>
    public static readonly TimeSpan Enrolling = TimeSpan.FromMinutes(30);

    /// <summary>Changing how one signs in asks for a proof that is younger than this.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    /// <summary>Last seen is written at most this often.</summary>
    public static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>A challenge, and the step between password and code.</summary>
    public static readonly TimeSpan ChallengeLife = TimeSpan.FromMinutes(5);

    /// <summary>The way to the bank's provider and back.</summary>
    public static readonly TimeSpan ProviderLife = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan SignatureLife = TimeSpan.FromMinutes(5);

    /// <summary>How long a passkey must stand before it approves that a locker is opened, unless a second officer confirmed it.</summary>
    public static readonly TimeSpan PasskeyYouth = TimeSpan.FromHours(24);

    public static readonly TimeSpan ActivationLife = TimeSpan.FromHours(72);

    public const int ActivationAttempts = 5;

    /// <summary>How long rows that are over are kept: to look into a complaint, not to follow people about.</summary>
    public static readonly TimeSpan SessionsKept = TimeSpan.FromDays(90), ChallengesKept = TimeSpan.FromDays(1), UnusedSignaturesKept = TimeSpan.FromDays(90);

    public const int RecoveryCodes = 10;
}
