namespace Strongroom.Modules.SignIn.Contracts;

/// <summary>How long an officer may be away before the screen locks itself: <c>SignIn:LockAfterMinutes</c>. Without it screens are locked by hand alone.</summary>
internal sealed class SelfLocking
{
    public SelfLocking(IConfiguration configuration)
    {
        if (configuration.GetValue<int?>("SignIn:LockAfterMinutes") is not { } minutes) return;
        // Last seen is written once a minute, and after half an hour the session ends.
        if (minutes < 2 || TimeSpan.FromMinutes(minutes) > SignInLimits.Idle)
            throw new InvalidOperationException($"SignIn:LockAfterMinutes is {minutes}: it must lie between 2 and {SignInLimits.Idle.TotalMinutes:N0}, when the session ends by itself.");
        After = TimeSpan.FromMinutes(minutes);
    }

    public TimeSpan? After { get; }
}
