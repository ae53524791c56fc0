using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Strongroom.Data;
using Strongroom.Data.Sealing;

namespace Strongroom.Modules.Agreements.Agents;

/// <summary>
/// A person whom all hirers let operate the locker by a letter of authority. Appointed and ended, never edited: another term is another letter. Only when
/// two records are merged does it go over to the one that stays.
/// </summary>
internal sealed class Agent
{
    public const string EndReasonColumn = "agent.end_reason";

    public required AgentId Id { get; init; }

    public required AgreementId Agreement { get; init; }

    public required PersonId Person { get; set; }

    /// <summary>The day on which the hirers signed the letter of authority.</summary>
    public required DateOnly LetterOf { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>The last day on which the letter counts; null until it is ended.</summary>
    public DateOnly? Until { get; init; }

    public required DateTime AppointedAt { get; init; }

    public required PersonId? AppointedBy { get; init; }

    public DateTime? EndedAt { get; set; }

    public PersonId? EndedBy { get; set; }

    /// <summary>The mark of a death that ended it, of the agent or of a hirer.</summary>
    public DeathId? Death { get; set; }

    /// <summary>Why it was ended, sealed under the first hirer's key.</summary>
    public Sealed<string>? EndReason { get; set; }
}

internal sealed class AgentTable : IEntityTypeConfiguration<Agent>
{
    public void Configure(EntityTypeBuilder<Agent> builder)
    {
        builder.ToTable("agent");
        builder.HasIndex(row => new { row.Agreement, row.Person }).IsUnique().HasFilter("ended_at IS NULL");
        builder.HasIndex(row => row.Person);
        builder.HasOne<Agreement>().WithMany().HasForeignKey(row => row.Agreement);
    }
}
