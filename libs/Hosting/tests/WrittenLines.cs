using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EnergyLoad.Hosting.Tests;

/// <summary>Keeps what a service writes to stdout, in the form in which it is written.</summary>
internal sealed class WrittenLines(IEnumerable<ConsoleFormatter> formatters) : ILoggerProvider
{
    private readonly ConsoleFormatter _formatter = formatters.Single(formatter => formatter.Name == CloudLogFormatter.FormatterName);

    public ConcurrentQueue<JsonElement> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => new Sink(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Sink(WrittenLines owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var line = new StringWriter();
            owner._formatter.Write(
                new LogEntry<TState>(logLevel, category, eventId, state, exception, formatter), scopeProvider: null, line);
            owner.Lines.Enqueue(JsonElement.Parse(line.ToString()));
        }
    }
}
