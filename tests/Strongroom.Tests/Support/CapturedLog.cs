using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Strongroom.Tests.Support;

/// <summary>One record that the server wrote to its log.</summary>
public sealed record LogRecord(LogLevel Level, string Category, string Message, Exception? Exception);

/// <summary>Keeps what the server writes to its log, for a test to read.</summary>
public sealed class CapturedLog : ILoggerProvider
{
    private readonly ConcurrentQueue<LogRecord> records = [];

    public IReadOnlyList<LogRecord> Records => [.. records];

    public ILogger CreateLogger(string categoryName) => new To(records, categoryName);

    public void Dispose()
    {
    }

    private sealed class To(ConcurrentQueue<LogRecord> records, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, Microsoft.Extensions.Logging.EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            records.Enqueue(new(logLevel, category, formatter(state, exception), exception));
    }
}
