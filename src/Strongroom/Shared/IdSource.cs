using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Strongroom.Shared;

/// <summary>
/// Where ids come from: UUIDv7 (RFC 9562) of the given instant, ascending within one process even inside a millisecond.
/// A seed makes the sequence repeatable: the Lab's runs are the same every time, a bank's are not seeded.
/// </summary>
public sealed class Ids(int? seed = null)
{
    private readonly Lock gate = new();
    private readonly Random? seeded = seed is { } s ? new Random(s) : null;
    private long lastMillisecond;
    private int counter;

    public Id<TNoun> New<TNoun>(DateTime now) where TNoun : INoun => new(NewGuid(now));

    public Guid NewGuid(DateTime now)
    {
        Span<byte> bytes = stackalloc byte[16];
        Fill(bytes[8..]);
        var millisecond = new DateTimeOffset(DateTime.SpecifyKind(now, DateTimeKind.Utc)).ToUnixTimeMilliseconds();
        lock (gate)
        {
            // The 12 bits after the timestamp count within the millisecond; an overflow borrows from the next one.
            counter = millisecond > lastMillisecond ? 0 : counter + 1;
            lastMillisecond = Math.Max(millisecond, lastMillisecond);
            if (counter > 0xFFF)
            {
                counter = 0;
                lastMillisecond++;
            }
            BinaryPrimitives.WriteInt64BigEndian(bytes, lastMillisecond << 16);
            BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(0x7000 | counter));
        }
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private void Fill(Span<byte> bytes)
    {
        if (seeded is null) RandomNumberGenerator.Fill(bytes);
        else lock (gate) seeded.NextBytes(bytes);
    }
}
