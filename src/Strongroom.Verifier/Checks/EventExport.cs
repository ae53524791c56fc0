using System.Text.Json;
using Strongroom.AuditLog;
using Strongroom.AuditLog.Merkle;

namespace Strongroom.Verifier.Checks;

/// <summary>One line of an export: the row as it lies in the bank's database.</summary>
internal sealed record ExportedEvent(long Index, Guid Id, byte[] Body, Hash? Hash, DateTime? At, string? Kind, bool HasActor, Guid? Actor);

/// <summary>
/// An export of events, JSON lines: a header {"format":"strongroom-events/1","origin":…,"size":…}, then one object for each entry in the order of the
/// log. Read line by line; a line is no longer than an entry in base64 and its columns.
/// </summary>
internal sealed class EventExport(string file) : IAsyncDisposable
{
    private const string Format = "strongroom-events/1";
    private const int LongestLine = 128 * 1024;

    private readonly byte[] buffer = new byte[2 * LongestLine];
    private FileStream? stream;
    private int start, end;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Line { get; private set; }

    public long Size { get; private set; }

    /// <exception cref="MalformedException">It is no export.</exception>
    /// <exception cref="IOException"/>
    public (string Origin, long Size) Header()
    {
        stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        using var json = Parse(ReadLine() is { IsEmpty: false } line ? line : throw new MalformedException("the export is empty."));
        var root = json.RootElement;
        if (Text(root, "format") != Format) throw new MalformedException($"this is no export of the form {Format}.");
        Size = Number(root, "size");
        return (Text(root, "origin")!, Size);
    }

    /// <returns>Null at the end.</returns>
    /// <exception cref="MalformedException">The line is none of an event.</exception>
    /// <exception cref="IOException"/>
    public ExportedEvent? Next()
    {
        var line = ReadLine();
        if (line.IsEmpty) return null;
        using var json = Parse(line);
        var root = json.RootElement;
        var actor = root.TryGetProperty("actor", out var given);
        return new(Number(root, "index"), Id(Text(root, "id")), Bytes(Text(root, "body")),
            Text(root, "hash", needed: false) is { } hash ? Hash.Parse(hash) : null, Time(Text(root, "at", needed: false)), Text(root, "kind", needed: false),
            actor, actor && given.ValueKind != JsonValueKind.Null ? Id(Text(root, "actor")) : null);
    }

    public async ValueTask DisposeAsync()
    {
        if (stream is not null) await stream.DisposeAsync();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            var json = JsonDocument.Parse(line, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 4 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? json : throw new MalformedException("the line is no JSON object.");
        }
        catch (JsonException e)
        {
            throw new MalformedException("the line is no JSON.", e);
        }
    }

    private static string? Text(JsonElement root, string name, bool needed = true) =>
        root.TryGetProperty(name, out var value) ? value.ValueKind == JsonValueKind.String ? value.GetString() : throw new MalformedException($"\"{name}\" is no string.")
        : needed ? throw new MalformedException($"\"{name}\" is missing.") : null;

    private static long Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0
            ? number : throw new MalformedException($"\"{name}\" is no number from 0.");

    private static Guid Id(string? text) => Guid.TryParseExact(text, "D", out var id) ? id : throw new MalformedException("an id is no UUID.");

    private static byte[] Bytes(string? text)
    {
        var bytes = new byte[text!.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : throw new MalformedException("\"body\" is not base64.");
    }

    private static DateTime? Time(string? text) => text is null ? null
        : DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.AdjustToUniversal | System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time : throw new MalformedException("\"at\" is not like 2026-01-31T23:59:59.999Z.");

    /// <summary>Valid until the next call. Empty at the end.</summary>
    private ReadOnlyMemory<byte> ReadLine()
    {
        Line++;
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = buffer.AsMemory(start, length);
                start += length + 1;
                return length == 0 ? throw new MalformedException("the line is empty.") : line;
            }
            if (end - start > LongestLine) throw new MalformedException($"the line is longer than {LongestLine} bytes.");
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            (start, end) = (0, end - start);
            var read = stream!.Read(buffer, end, buffer.Length - end);
            end += read;
            if (read == 0) return end == 0 ? ReadOnlyMemory<byte>.Empty : throw new MalformedException("the export ends within a line.");
        }
    }
}
