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
internal sealed class CloudLogFormatter(IConfiguration configuration, LogLabels labels) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "cloud";

    // Names in messages that stand beside the message, not among its fields.
    private const string User = "User";
    private const string SendId = "SendId";
    private const string MessageId = "MessageId";

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
            WriteLabels(json);
            WriteTrace(json);
            var fields = logEntry.State as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
            WriteSubject(json, fields);
            WriteFields(json, fields);
            if (logEntry.Exception is { } exception)
            {
                json.WriteString("exception", exception.ToString());
            }

            json.WriteEndObject();
        }

        textWriter.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    private void WriteLabels(Utf8JsonWriter json)
    {
        json.WriteStartObject("logging.googleapis.com/labels");
        json.WriteString("service", labels.Service);
        json.WriteString("build", LogLabels.Build);
        json.WriteEndObject();
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

    /// <summary>What a line is about, wherever it was logged: its own fields, or those of the request that is being served.</summary>
    private static void WriteSubject(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        var present = LogSubject.Current;
        WriteText(json, "user", Of(fields, User) ?? present?.User);
        WriteText(json, "sendId", Of(fields, SendId) ?? present?.SendId?.ToString("D"));
        WriteText(json, "messageId", Of(fields, MessageId) ?? present?.MessageId);
        if (fields.FirstOrDefault(field => field.Value is HttpRequestEntry).Value is HttpRequestEntry request)
        {
            json.WritePropertyName("httpRequest");
            request.WriteTo(json);
        }
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        json.WriteStartObject("fields");
        foreach (var (name, value) in fields)
        {
            if (name is not ("{OriginalFormat}" or User or SendId or MessageId) && value is not HttpRequestEntry)
            {
                json.WriteString(name, value?.ToString());
            }
        }

        json.WriteEndObject();
    }

    private static string? Of(IReadOnlyList<KeyValuePair<string, object?>> fields, string name) =>
        fields.FirstOrDefault(field => field.Key == name).Value?.ToString();

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, text);
        }
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
