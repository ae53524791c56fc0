using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Strongroom.Data.Sealing;

/// <summary>Opens and makes sealed values, blind indexes and wrapped keys. AES-256-GCM throughout; a wrong place or key throws.</summary>
public sealed class Seals(KeyRing ring)
{
    private const byte Format = 1;
    private const int NonceSize = 12, TagSize = 16;

    /// <summary>A new person's data key; the row joins the caller's save.</summary>
    public PersonKeyInHand NewKey(StrongroomDb db, PersonId person)
    {
        var (row, key) = MakeKey(person);
        db.Add(row);
        return key;
    }

    /// <summary>The same among many: the row goes with the caller's bulk.</summary>
    public PersonKeyInHand NewKey(Bulk bulk, PersonId person)
    {
        var (row, key) = MakeKey(person);
        bulk.Add(row);
        return key;
    }

    private (PersonKey Row, PersonKeyInHand Key) MakeKey(PersonId person)
    {
        var dataKey = RandomNumberGenerator.GetBytes(32);
        var version = ring.Newest;
        var wrapped = Encrypt(ring.WrappingKey(version), dataKey, WrapPlace(person, version));
        return (new PersonKey { Person = person, KekVersion = version, Wrapped = wrapped }, new(dataKey));
    }

    /// <exception cref="KeyRingException">The person was erased, or the bank's key is missing.</exception>
    public async Task<PersonKeyInHand> KeyOf(StrongroomDb db, PersonId person, CancellationToken cancel) =>
        (await KeysOf(db, [person], cancel)).TryGetValue(person, out var key) ? key : throw new KeyRingException($"Person {person} has no data key: erased?");

    public async Task<IReadOnlyDictionary<PersonId, PersonKeyInHand>> KeysOf(
        StrongroomDb db, IReadOnlyCollection<PersonId> persons, CancellationToken cancel)
    {
        var rows = db.Set<PersonKey>().Local.Where(row => persons.Contains(row.Person)).ToList();
        if (rows.Count < persons.Count)
            rows = [.. rows.UnionBy(await db.Set<PersonKey>().AsNoTracking().Where(row => persons.Contains(row.Person)).ToListAsync(cancel), row => row.Person)];
        return rows.ToDictionary(
            row => row.Person,
            row => new PersonKeyInHand(Decrypt(ring.WrappingKey(row.KekVersion), row.Wrapped, WrapPlace(row.Person, row.KekVersion))));
    }

    /// <param name="purpose">What is found by it ("mobile"); equal values of different purposes do not match.</param>
    /// <param name="normalised">The value in its one form: E.164, lower-case address.</param>
    public Blind Blind(string purpose, string normalised) =>
        new(Base64Url(HMACSHA256.HashData(ring.BlindKey, Encoding.UTF8.GetBytes(purpose + "\0" + normalised))));

    /// <summary>Seals with the bank's own key what belongs to no person: Data Protection keys, a user's TOTP secret.</summary>
    public byte[] SealForBank(string place, byte[] value)
    {
        var version = ring.Newest;
        return [(byte)version, .. Encrypt(ring.WrappingKey(version), value, Encoding.UTF8.GetBytes($"{place}|{version}"))];
    }

    public byte[] OpenForBank(string place, byte[] envelope) =>
        Decrypt(ring.WrappingKey(envelope[0]), envelope.AsSpan(1), Encoding.UTF8.GetBytes($"{place}|{envelope[0]}"));

    internal static byte[] Encrypt(byte[] key, ReadOnlySpan<byte> value, byte[] place)
    {
        var envelope = new byte[1 + NonceSize + value.Length + TagSize];
        envelope[0] = Format;
        var nonce = envelope.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagSize);
        aes.Encrypt(nonce, value, envelope.AsSpan(1 + NonceSize, value.Length), envelope.AsSpan(^TagSize..), place);
        return envelope;
    }

    internal static byte[] Decrypt(byte[] key, ReadOnlySpan<byte> envelope, byte[] place)
    {
        if (envelope.Length < 1 + NonceSize + TagSize || envelope[0] != Format)
            throw new CryptographicException($"A sealed value has an unknown format (byte {(envelope.IsEmpty ? -1 : envelope[0])}).");
        var value = new byte[envelope.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(envelope.Slice(1, NonceSize), envelope[(1 + NonceSize)..^TagSize], envelope[^TagSize..], value, place);
        return value;
    }

    private static byte[] WrapPlace(PersonId person, int version) => Encoding.UTF8.GetBytes($"person_key|wrapped|{person}|{version}");

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}

/// <summary>A person's data key, unwrapped for the time of one act.</summary>
public sealed class PersonKeyInHand(byte[] dataKey)
{
    // Rotation of the bank's key re-wraps; the data key itself has one version until a person's is replaced.
    private const int Version = 1;

    /// <param name="column">table.column in the database.</param>
    /// <param name="row">The row's id: a value moved to another row or column does not open.</param>
    public Sealed<T> Seal<T>(string column, Guid row, T value) =>
        new(Seals.Encrypt(dataKey, value is byte[] raw ? raw : JsonSerializer.SerializeToUtf8Bytes(value), Place(column, row)));

    public T Open<T>(string column, Guid row, Sealed<T> value)
    {
        var bytes = Seals.Decrypt(dataKey, value.Envelope, Place(column, row));
        return typeof(T) == typeof(byte[]) ? (T)(object)bytes : JsonSerializer.Deserialize<T>(bytes)!;
    }

    /// <summary>What was sealed under another key, sealed under this one; it stays in its place.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public Sealed<T>? SealAnew<T>(PersonKeyInHand from, string column, Guid row, Sealed<T>? value) => SealAnew(from, column, row, row, value);

    /// <summary>The same where the value goes to another row as well.</summary>
    public Sealed<T>? SealAnew<T>(PersonKeyInHand from, string column, Guid oldRow, Guid newRow, Sealed<T>? value) =>
        value is null ? null : Seal(column, newRow, from.Open(column, oldRow, value));

    private static byte[] Place(string column, Guid row) => Encoding.UTF8.GetBytes($"{column.Replace('.', '|')}|{row}|{Version}");
}
