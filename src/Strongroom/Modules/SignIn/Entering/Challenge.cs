using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Sessions;

namespace Strongroom.Modules.SignIn.Entering;

/// <summary>What a challenge is for; one made for one thing answers no other.</summary>
internal enum ChallengeKind { SecondStep, PasskeySignIn, PasskeyConfirm, PasskeyEnrolment, ProviderSignIn, ProviderLink }

/// <summary>
/// A question to one browser, kept here and not in a cookie: the step between password and code, the challenges of passkeys, and who was sent to
/// the bank's provider. Good for five minutes (ten at the provider), and for one success.
/// </summary>
internal sealed class Challenge : IVersioned
{
    public required Guid Id { get; init; }

    public required ChallengeKind Kind { get; init; }

    /// <summary>Whose answer it must be; null where only the answer tells (a passkey's sign-in, the provider's).</summary>
    public required Guid? User { get; init; }

    /// <summary>Hash of the secret in the step's cookie; null for passkeys, whose answer is signed.</summary>
    public byte[]? SecretHash { get; init; }

    /// <summary>
    /// The framework's own state of a passkey's ceremony, in its JSON; since when the person must have signed in at the provider; of a second step,
    /// <see cref="AfterProvider"/> where the provider's word came before it instead of a password.
    /// </summary>
    public string? State { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; set; }

    public long Version { get; set; }

    /// <summary>The open challenge, to be marked used by the caller when its answer is right; null when there is none.</summary>
    public static async Task<Challenge?> Open(StrongroomDb db, Act act, Guid id, ChallengeKind kind, CancellationToken cancel)
    {
        var row = await db.Set<Challenge>().SingleOrDefaultAsync(row => row.Id == id, cancel);
        return row is { UsedAt: null } && row.Kind == kind && act.Now < row.ExpiresAt ? row : null;
    }

    public const string AfterProvider = "provider";

    /// <summary>The step to our own second factor.</summary>
    /// <param name="state">Null after a password, <see cref="AfterProvider"/> after the provider's word.</param>
    /// <param name="cookie">For the browser and nobody else.</param>
    public static Challenge SecondStep(Act act, Guid user, string? state, out string cookie)
    {
        var step = Ticket.New(act.NewGuid());
        cookie = step.ToString();
        return new() { Id = step.Id, Kind = ChallengeKind.SecondStep, User = user, SecretHash = step.Hash(), State = state, ExpiresAt = act.Now + SignInLimits.ChallengeLife };
    }

    public static async Task<Challenge?> OpenStep(StrongroomDb db, Act act, Ticket? cookie, CancellationToken cancel) =>
        cookie is { } ticket && await Open(db, act, ticket.Id, ChallengeKind.SecondStep, cancel) is { SecretHash: { } hash } step && ticket.Matches(hash) ? step : null;

    /// <summary>Each new question takes some of those away that are past.</summary>
    public static async Task Sweep(StrongroomDb db, DateTime now, CancellationToken cancel) =>
        db.RemoveRange(await db.Set<Challenge>().Where(row => row.ExpiresAt < now).OrderBy(row => row.ExpiresAt).Take(20).ToListAsync(cancel));
}

internal sealed class ChallengeTable : IEntityTypeConfiguration<Challenge>
{
    public void Configure(EntityTypeBuilder<Challenge> builder)
    {
        builder.ToTable("challenge");
        builder.Property(row => row.State).HasMaxLength(4000);
        builder.HasIndex(row => row.ExpiresAt);
    }
}
