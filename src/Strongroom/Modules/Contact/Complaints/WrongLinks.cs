using System.Collections.Concurrent;

namespace Strongroom.Modules.Contact.Complaints;

internal sealed record TooManyWrongLinks() : Refusal("contact.too-many-wrong-links", 429, "Too many wrong addresses were tried from here.", "Wait ten minutes, then open the link in the message once more.");

/// <summary>
/// Wrong complaint links, counted by where they come from. Nobody guesses ten bytes; this keeps whoever tries from costing the bank anything. In memory and of
/// this node alone: what is lost at a restart protects nothing but the machine.
/// </summary>
internal sealed class WrongLinks(TimeProvider clock)
{
    private const int Most = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);
    private const int MostAddresses = 10_000;

    private readonly ConcurrentDictionary<string, (DateTime Since, int Count)> counts = new(StringComparer.Ordinal);

    public bool TooMany(string? address) => counts.TryGetValue(address ?? "", out var one) && one.Count >= Most && one.Since + Window > clock.UtcNow();

    public void Note(string? address)
    {
        var now = clock.UtcNow();
        if (counts.Count >= MostAddresses)
            foreach (var (old, one) in counts) if (one.Since + Window <= now) counts.TryRemove(old, out _);
        counts.AddOrUpdate(address ?? "", _ => (now, 1), (_, one) => one.Since + Window <= now ? (now, 1) : (one.Since, one.Count + 1));
    }
}
