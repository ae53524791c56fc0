using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Delivery.Contracts;

namespace Strongroom.Modules.Delivery.Letters;

public sealed record LetterLine
{
    public MessageId Id { get; init; }

    public PersonId To { get; init; }

    public string Purpose { get; init; } = "";

    public MessageState State { get; init; }

    public DateTime MadeAt { get; init; }

    public DateTime? PostedAt { get; init; }

    public string? PostNumber { get; init; }
}

/// <summary>The dispatch register: what waits to be printed today, and what went to the post in the last weeks.</summary>
public sealed record LetterBoard(IReadOnlyList<LetterLine> ToPost, IReadOnlyList<LetterLine> Posted);

internal sealed class ReadLetters(StrongroomDb db, CurrentActor current, TimeProvider clock)
{
    private const int Weeks = 8;

    public async Task<LetterBoard> Board(CancellationToken cancel)
    {
        var now = clock.UtcNow();
        var branches = current.Now.BranchesWith(DeliveryRights.Post);
        var since = now.AddDays(-7 * Weeks);
        var lines = await db.Set<Message>().AsNoTracking()
            .Where(row => row.Medium == MessageMedium.Letter && (branches == null || (row.Branch != null && branches.Contains(row.Branch.Value)))
                && (row.State == MessageState.ToPost ? row.NextAttemptAt <= now : row.AcceptedAt >= since))
            .OrderBy(row => row.MadeAt).ThenBy(row => row.Id)
            .Select(row => new LetterLine
            {
                Id = row.Id,
                To = row.To,
                Purpose = row.Purpose,
                State = row.State,
                MadeAt = row.MadeAt,
                PostedAt = row.AcceptedAt,
                PostNumber = row.Receipt,
            }).ToListAsync(cancel);
        return new([.. lines.Where(line => line.State == MessageState.ToPost)], [.. lines.Where(line => line.State != MessageState.ToPost).OrderByDescending(line => line.PostedAt)]);
    }
}
