using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using EnergyLoad.Deployment.Tests.Hcl;
using EnergyLoad.Deployment.Tests.Terraform;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Alerts watch instruments that exist.</summary>
public sealed partial class MetricTests
{
    [Fact]
    public async Task Every_metric_of_ours_in_an_alert_is_an_instrument_of_a_service()
    {
        var there = new HashSet<string>();
        await InstrumentsAsync(DeployedService.Send, there);
        await InstrumentsAsync(DeployedService.Receive, there);

        var watched = Ours().Matches(Infrastructure.Local("alerts", "alerts")).Select(match => match.Value).ToHashSet();

        Assert.NotEmpty(watched);
        Assert.Subset(there, watched);
    }

    [Fact]
    public void Every_alert_says_what_to_do_first()
    {
        var alerts = new[] { "alerts", "log_alerts" }.SelectMany(list => HclObjects.Members(Infrastructure.Local("alerts", list)));
        var texts = alerts.Select(alert => HclObjects.Members(alert.Expression).Single(member => member.Name == "todo").Expression);

        Assert.All(texts, text => Assert.True(text.Length > 60, text));
    }

    private static async Task InstrumentsAsync(string service, HashSet<string> found)
    {
        var builder = DeployedService.Builder(service);
        var metrics = builder.Services.Select(descriptor => descriptor.ServiceType).Where(IsMetrics).Distinct().ToArray();
        await using var app = builder.Build();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => found.Add(InPrometheus(instrument)) };
        listener.Start();
        foreach (var type in metrics)
        {
            Assert.NotNull(app.Services.GetService(type));
        }
    }

    // As the collector's exporter names them: https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics
    private static string InPrometheus(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "ms" => "_milliseconds", "By" => "_bytes", "1" => "_ratio", _ => "" };
        var total = instrument.GetType().GetGenericTypeDefinition() == typeof(Counter<>) ? "_total" : "";
        return instrument.Name.Replace('.', '_') + unit + total;
    }

    private static bool IsMetrics(Type type) =>
        type.Namespace?.StartsWith("EnergyLoad.", StringComparison.Ordinal) == true
        && type.Name.EndsWith("Metrics", StringComparison.Ordinal);

    [GeneratedRegex(@"\benergyload_\w+")]
    private static partial Regex Ours();
}
