using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

/// <summary>Keeps what is logged, exceptions included.</summary>
internal sealed class LogLines : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> At(LogLevel lowest) => _lines.Where(line => line.Level >= lowest).Select(line => line.Text);

    public ILoggerProvider ToProvider() => new Provider(this);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}"));

    private sealed class Provider(LogLines lines) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => lines;

        public void Dispose()
        {
        }
    }
}
