using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Delivery.Contracts;
using Strongroom.Web.Widgets;

namespace Strongroom.Modules.Delivery;

/// <summary>What staff see of a message without opening it.</summary>
public sealed record MessageLine
{
    public MessageId Id { get; init; }

    public DateTime MadeAt { get; init; }

    public string Purpose { get; init; } = "";

    public MessageMedium Medium { get; init; }

    public string To { get; init; } = "";

    public MessageState State { get; init; }

    public int Attempts { get; init; }

    public DateTime NextAttemptAt { get; init; }

    public DateTime? AcceptedAt { get; init; }

    public string? Receipt { get; init; }

    public bool Confidential { get; init; }
}

public sealed record AttemptLine
{
    public int Number { get; init; }

    public DateTime At { get; init; }

    public bool Accepted { get; init; }

    public string Answer { get; init; } = "";
}

public sealed record MessagePageful(IReadOnlyList<MessageLine> Messages, int Total);

internal sealed class ReadMessages(StrongroomDb db, CurrentActor current)
{
    public const int PageSize = 50;

    /// <summary>Messages of the branches where the reader may read them, newest first; those of no branch only for head office.</summary>
    public async Task<MessagePageful> Page(MessageState? state, ListQuery list, int take, CancellationToken cancel)
    {
        var rows = Mine().Where(row => state == null || row.State == state);
        var ordered = (list.SortKey, list.Descending) switch
        {
            ("attempts", false) => rows.OrderBy(row => row.Attempts).ThenByDescending(row => row.MadeAt),
            ("attempts", true) => rows.OrderByDescending(row => row.Attempts).ThenByDescending(row => row.MadeAt),
            ("when", false) => rows.OrderBy(row => row.MadeAt),
            _ => rows.OrderByDescending(row => row.MadeAt),
        };
        var messages = await Lines(ordered.ThenByDescending(row => row.Id).Skip(list.Skip(PageSize)).Take(take)).ToListAsync(cancel);
        return new(messages, await rows.OrderBy(row => row.Id).Take(ListQuery.Countable + 1).CountAsync(cancel));
    }

    public Task<MessageLine?> One(MessageId id, CancellationToken cancel) => Lines(Mine().Where(row => row.Id == id)).SingleOrDefaultAsync(cancel);

    public Task<List<AttemptLine>> Attempts(MessageId id, CancellationToken cancel) =>
        (from attempt in db.Set<DeliveryAttempt>().AsNoTracking()
         join message in Mine() on attempt.Message equals message.Id
         where message.Id == id
         orderby attempt.Number
         select new AttemptLine { Number = attempt.Number, At = attempt.At, Accepted = attempt.Accepted, Answer = attempt.Answer }).ToListAsync(cancel);

    private IQueryable<Message> Mine()
    {
        var branches = current.Now.BranchesWith(DeliveryRights.Read);
        var all = db.Set<Message>().AsNoTracking();
        return branches is null ? all : all.Where(row => row.Branch != null && branches.Contains(row.Branch.Value));
    }

    private static IQueryable<MessageLine> Lines(IQueryable<Message> rows) => rows.Select(row => new MessageLine
    {
        Id = row.Id,
        MadeAt = row.MadeAt,
        Purpose = row.Purpose,
        Medium = row.Medium,
        To = row.Masked,
        State = row.State,
        Attempts = row.Attempts,
        NextAttemptAt = row.NextAttemptAt,
        AcceptedAt = row.AcceptedAt,
        Receipt = row.Receipt,
        Confidential = row.Confidential,
    });
}
