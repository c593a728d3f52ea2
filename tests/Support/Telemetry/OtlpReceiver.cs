using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Testing.Telemetry;

/// <summary>A collector: takes what exporters send by OTLP over HTTP, as protobuf, and keeps it.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<ExportedSpan> _spans = [];
    private readonly ConcurrentQueue<ExportedMetric> _metrics = [];
    private readonly ConcurrentQueue<string> _bodies = [];
    private readonly WebApplication _app;

    private OtlpReceiver(WebApplication app) => _app = app;

    /// <summary>Every span so far.</summary>
    public IReadOnlyCollection<ExportedSpan> Spans => _spans;

    /// <summary>Every point of every metric so far; a metric that is exported again comes again.</summary>
    public IReadOnlyCollection<ExportedMetric> Metrics => _metrics;

    /// <summary>Every request's body, byte for byte as Latin-1, to be searched for what must not be there.</summary>
    public IReadOnlyCollection<string> Bodies => _bodies;

    /// <summary>The standard variables that make an exporter send everything here, soon and often.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",

        // The gateway samples few requests, as Google's front does.
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Listens on a free port.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", context => receiver.TakeAsync(context, OtlpReading.Spans, receiver._spans));
        app.MapPost("/v1/metrics", context => receiver.TakeAsync(context, OtlpReading.Metrics, receiver._metrics));
        await app.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync<T>(HttpContext context, Func<ReadOnlyMemory<byte>, IEnumerable<T>> read, ConcurrentQueue<T> all)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _bodies.Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        foreach (var item in read(body.ToArray()))
        {
            all.Enqueue(item);
        }

        // An empty ExportTraceServiceResponse or ExportMetricsServiceResponse.
        context.Response.ContentType = "application/x-protobuf";
    }
}
