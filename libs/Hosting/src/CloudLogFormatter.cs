using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace EnergyLoad.Hosting;

/// <summary>One JSON object a line, with the members that Cloud Logging lifts out of it.</summary>
internal sealed class CloudLogFormatter(IConfiguration configuration) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "cloud";

    private readonly string _project = configuration["GoogleCloud:ProjectId"] ?? "";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("severity", SeverityOf(logEntry.LogLevel));
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            json.WriteString("category", logEntry.Category);
            json.WriteNumber("eventId", logEntry.EventId.Id);
            WriteTrace(json);
            WriteFields(json, logEntry.State);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteTrace(Utf8JsonWriter json)
    {
        if (Activity.Current is not { } activity)
        {
            return;
        }

        json.WriteString("logging.googleapis.com/trace", $"projects/{_project}/traces/{activity.TraceId}");
        json.WriteString("logging.googleapis.com/spanId", activity.SpanId.ToString());
        json.WriteBoolean("logging.googleapis.com/trace_sampled", activity.Recorded);
    }

    private static void WriteFields<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> fields)
        {
            return;
        }

        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (name != "{OriginalFormat}")
            {
                json.WriteString(name, value?.ToString());
            }
        }

        json.WriteEndObject();
    }

    private static string SeverityOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "CRITICAL",
        _ => "DEFAULT",
    };
}
