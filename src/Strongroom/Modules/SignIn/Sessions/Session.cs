using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Modules.SignIn.Users;

namespace Strongroom.Modules.SignIn.Sessions;

/// <summary>By what somebody came in.</summary>
internal enum Means { Password, PasswordAndCode, PasswordAndRecoveryCode, Passkey, Provider, ProviderAndCode }

/// <summary>
/// One browser of one user, signed in. The cookie holds its id and a secret; here is the secret's hash. Ended rows stay for a while,
/// so that people see where they were signed in.
/// </summary>
internal sealed class Session : IVersioned
{
    public required SessionId Id { get; init; }

    public required Guid User { get; init; }

    /// <summary>SHA-256 of the cookie's 32 random bytes.</summary>
    public required byte[] SecretHash { get; set; }

    public required Means Means { get; init; }

    /// <summary>The person has only a password yet: the session reaches the enrolment of a second factor and nothing else.</summary>
    public required bool Enrolling { get; init; }

    public required DateTime StartedAt { get; init; }

    /// <summary>
    /// When the person last proved to us to be who they are, not only to hold the cookie; null while we have only the provider's word, which is enough to
    /// work here and not to change how one signs in.
    /// </summary>
    public required DateTime? ProvedAt { get; set; }

    /// <summary>Written at most once a minute.</summary>
    public required DateTime SeenAt { get; set; }

    /// <summary>"Firefox on Windows".</summary>
    public required string Device { get; init; }

    public required string? Address { get; init; }

    /// <summary>Locked by hand: the cookie opens nothing until its owner proves to be there again.</summary>
    public DateTime? LockedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    public long Version { get; set; }

    /// <summary>Whoever proved anew to be who they are gets a new cookie: one that was copied before opens nothing any more.</summary>
    public string Renew()
    {
        var ticket = Ticket.New(Id.Value);
        SecretHash = ticket.Hash();
        return ticket.ToString();
    }

    /// <summary>The instant from which on it is no good: the idle limit or the absolute one, whichever comes first.</summary>
    public DateTime Until()
    {
        var absolute = StartedAt + (Enrolling ? SignInLimits.Enrolling : SignInLimits.Absolute);
        var idle = SeenAt + SignInLimits.Idle;
        return idle < absolute ? idle : absolute;
    }

    /// <summary>Begun by the bank's provider: it is an officer's, and nothing of what the person is at home.</summary>
    public bool ByProvider() => Means is Means.Provider or Means.ProviderAndCode;

    /// <summary>Who enrols the first second factor has none to prove anew with.</summary>
    public bool Fresh(DateTime now) => Enrolling || now - ProvedAt < SignInLimits.Fresh;

    public bool Alive(DateTime now) => EndedAt is null && now < Until();
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("session");
        builder.Property(row => row.Device).HasMaxLength(60);
        builder.Property(row => row.Address).HasMaxLength(45);
        builder.HasIndex(row => new { row.User, row.EndedAt });
        builder.HasIndex(row => row.StartedAt);
        builder.HasOne<User>().WithMany().HasForeignKey(row => row.User);
    }
}
