using Microsoft.EntityFrameworkCore;
using Strongroom.Data;
using Strongroom.Modules.Audit.Contracts;
using Strongroom.Modules.Keys.Contracts;

namespace Strongroom.Modules.Keys;

public sealed record NoteEmbossingRequest(bool Embossed);

internal sealed record OnlyHirerKeys() : Refusal("keys.only-hirer-keys", 422, "Only a hirer's key is embossed.", "Choose the key of a locker.");

internal sealed record EmbossedAlready() : Refusal("keys.embossed-already", 409, "The bank's code is on this key already.", "Nothing needs to be done.");

/// <summary>What an officer saw on the key. Embossing it is an act of a visit, in the hirer's presence (R17): Access does it by the contract.</summary>
internal sealed class NoteEmbossing(StrongroomDb db, Write write)
{
    public Task<Outcome<Done>> Handle(KeyId id, NoteEmbossingRequest request, CancellationToken cancel) =>
        write.Do<Done>("keys.note-embossing", new { id, request }, async act =>
        {
            var key = await db.Set<Key>().SingleOrDefaultAsync(row => row.Id == id && row.EndedAt == null, cancel);
            if (key is null || !act.Actor.MayAt(KeysRights.Write, key.Branch)) return new NoSuch("key");
            if (act.CheckVersion(key) is { } stale) return stale;
            if (key.Kind != KeyKind.Hirer) return new OnlyHirerKeys().About(id);

            db.Append(act, new Event(KeysAudit.EmbossingNoted).About(id).About(key.Locker).About(key.Branch)
                .With("embossed", $"{RegisterHirerKey.Words(key.Embossed)} → {RegisterHirerKey.Words(request.Embossed)}"));
            key.Embossed = request.Embossed;
            return Done.It;
        }, cancel);
}
