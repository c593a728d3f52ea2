using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>docs/operations.md has a row for every metric of ours, and none for another.</summary>
public sealed class MetricTableTests
{
    private static IReadOnlyList<string[]> Table =>
        DocumentTable.Rows("operations.md", name => name.StartsWith("energyload.", StringComparison.Ordinal));

    [Fact]
    public async Task Every_metric_that_the_code_declares_stands_in_the_table_with_its_unit_and_its_services_and_the_other_way_round()
    {
        var declared = (await InstrumentsAsync(DeployedService.Send, "send-api")).Concat(
            await InstrumentsAsync(DeployedService.Receive, "receive-api"))
            .GroupBy(metric => (metric.Name, metric.Unit))
            .Select(metric => $"{metric.Key.Name} | {string.Join(", ", metric.Select(one => one.Service))} | {metric.Key.Unit}");

        Assert.Equal(declared.Order(StringComparer.Ordinal), Table.Select(row => $"{row[0]} | {row[1].Replace("both", "send-api, receive-api", StringComparison.Ordinal)} | {row[2]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_metric_says_what_it_is_what_is_normal_when_to_alert_and_what_to_do() => Assert.All(Table, row =>
    {
        Assert.Equal(7, row.Length);
        Assert.All(row, cell => Assert.NotEmpty(cell));
    });

    private static async Task<List<(string Name, string Unit, string Service)>> InstrumentsAsync(string service, string name)
    {
        var builder = DeployedService.Builder(service);
        var metrics = builder.Services.Select(descriptor => descriptor.ServiceType)
            .Where(type => type.Name.EndsWith("Metrics", StringComparison.Ordinal) && type.Namespace?.StartsWith("EnergyLoad.", StringComparison.Ordinal) == true)
            .Distinct().ToArray();
        await using var app = builder.Build();
        var meters = app.Services.GetRequiredService<IMeterFactory>();
        var found = new List<(string Name, string Unit, string Service)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name.StartsWith("EnergyLoad.", StringComparison.Ordinal))
                {
                    found.Add((instrument.Name, instrument.Unit ?? "", name));
                }
            },
        };
        listener.Start();
        Assert.All(metrics, type => Assert.NotNull(app.Services.GetService(type)));
        return found;
    }
}
