using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Strongroom.Data.Sealing;

namespace Strongroom.Data.Blobs;

/// <summary>
/// Photographs and documents, content-addressed and sealed under the key of the person they belong to. In the database, or, where
/// Strongroom:Blobs:Folder is set, in that folder with a row here. A file is written before its row commits: after a roll-back it stays,
/// sealed and named by nothing, until the same content is put again.
/// </summary>
public sealed class Blobs(Settings settings)
{
    private const string Column = "blob.content";

    /// <returns>The blob's id, the same for the same bytes of the same person.</returns>
    public async Task<string> Put(StrongroomDb db, Act act, PersonId owner, string mediaType, byte[] content, CancellationToken cancel)
    {
        var id = act.Seals.Blind("blob", $"{owner}|{Convert.ToHexStringLower(SHA256.HashData(content))}").Value;
        if (db.Set<Blob>().Local.Any(blob => blob.Id == id) || await db.Set<Blob>().AnyAsync(blob => blob.Id == id, cancel)) return id;

        var key = await act.Seals.KeyOf(db, owner, cancel);
        var envelope = key.Seal(Column, Place(id), content);
        if (settings.BlobsFolder is { } folder) await Write(folder, id, envelope.Envelope, cancel);
        db.Add(new Blob
        {
            Id = id,
            Owner = owner,
            MediaType = mediaType,
            Length = content.Length,
            StoredAt = act.Now,
            Content = settings.BlobsFolder is null ? envelope : null,
        });
        return id;
    }

    /// <summary>The same content as another person's: sealed anew under their key. The first stays as it is, as any blob does.</summary>
    /// <returns>The new blob's id.</returns>
    public async Task<string> PutAgain(StrongroomDb db, Act act, string id, PersonId owner, CancellationToken cancel)
    {
        var content = await Get(db, act.Seals, id, cancel) ?? throw new InvalidOperationException($"Blob {id} is missing, or its owner was erased.");
        return await Put(db, act, owner, content.MediaType, content.Bytes, cancel);
    }

    /// <returns>Null when there is no such blob, or its owner was erased.</returns>
    public async Task<BlobContent?> Get(StrongroomDb db, Seals seals, string id, CancellationToken cancel)
    {
        var blob = await db.Set<Blob>().AsNoTracking().SingleOrDefaultAsync(blob => blob.Id == id, cancel);
        if (blob is null || !(await seals.KeysOf(db, [blob.Owner], cancel)).TryGetValue(blob.Owner, out var key)) return null;
        var envelope = blob.Content ?? new Sealed<byte[]>(await File.ReadAllBytesAsync(FileOf(settings.BlobsFolder
            ?? throw new InvalidOperationException($"Blob {id} lies in a folder, and Strongroom:Blobs:Folder is not set."), id), cancel));
        return new(blob.Owner, blob.MediaType, key.Open(Column, Place(id), envelope));
    }

    // A file appears under its name only when it is whole: a crash in the middle leaves a ".part", never half a picture.
    private static async Task Write(string folder, string id, byte[] envelope, CancellationToken cancel)
    {
        var file = FileOf(folder, id);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var part = $"{file}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}.part";
        await File.WriteAllBytesAsync(part, envelope, cancel);
        File.Move(part, file, overwrite: true);
    }

    private static string FileOf(string folder, string id) => Path.Combine(folder, id[..2], id);

    // The seal binds to a row by a Guid; a blob's name is longer, and its first half is as good as random.
    private static Guid Place(string id) => new(Base64Url.DecodeFromChars(id).AsSpan(0, 16));
}

public sealed record BlobContent(PersonId Owner, string MediaType, byte[] Bytes);
