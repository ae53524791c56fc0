using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace Strongroom.Web;

/// <summary>
/// The text log, a record a line: `2026-11-22T05:31:07.120Z warn Strongroom.Web.WardLog: words`. Control characters of values are written as \n, \u001b …, so
/// that nobody's input begins a record, moves a cursor or colours a terminal. What an exception says follows, each of its lines behind four blanks.
/// </summary>
internal sealed class PlainLog(TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "strongroom";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write(clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write($" {Word(logEntry.LogLevel)} {OneLine(logEntry.Category)}: {OneLine(message)}\n");
        if (logEntry.Exception is not { } broken) return;
        foreach (var line in broken.ToString().Split('\n')) textWriter.Write($"    {OneLine(line.TrimEnd('\r'))}\n");
    }

    public static string OneLine(string text)
    {
        if (!text.Any(Dangerous)) return text;
        var safe = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            if (!Dangerous(c)) safe.Append(c);
            else
                _ = c switch
                {
                    '\n' => safe.Append("\\n"),
                    '\r' => safe.Append("\\r"),
                    '\t' => safe.Append("\\t"),
                    _ => safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                };
        }
        return safe.ToString();
    }

    // Line and paragraph separators break lines, too, and marks of direction turn words round.
    private static bool Dangerous(char c) => char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}

internal static class PlainLogging
{
    public static void AddPlainLog(this WebApplicationBuilder builder) => builder.Logging
        .AddConsole(console => console.FormatterName = PlainLog.FormatterName)
        .AddConsoleFormatter<PlainLog, ConsoleFormatterOptions>();
}
