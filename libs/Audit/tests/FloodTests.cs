using System.Diagnostics.Metrics;
using System.Net;
using EnergyLoad.Audit.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Audit.Tests;

/// <summary>Security statement 35: a flood of refusals cannot fill the table.</summary>
public sealed class FloodTests : AuditTest
{
    private const int Flood = 400;

    private static Dictionary<string, string?> Bounds { get; } = new()
    {
        ["Audit:RefusalsPerAddress"] = "5",
        ["Audit:RefusalsPerName"] = "12",
        ["Audit:RefusalsPerKind"] = "30",
        ["Audit:RefusalInterval"] = "01:00:00",
    };

    [Fact]
    public async Task S35_refusals_under_one_name_from_many_addresses_become_few_rows_and_one_count()
    {
        await FloodAsync(n => AuditEvent.LoginFailed(From(n), "victim", "id", "WrongPassword"));

        var rows = await ReadRowsAsync();
        var counted = Assert.Single(rows, row => row.Occurrences > 1);
        Assert.Equal(13, rows.Count);
        Assert.Equal(("victim", null, "counted"), (counted.Subject, counted.ClientIp, counted.Detail));
        Assert.Equal(Flood - 12, counted.Occurrences);
        Assert.True((await VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task S35_refusals_of_many_names_from_one_address_become_few_rows_and_one_count()
    {
        await FloodAsync(n => AuditEvent.LoginFailed(From(1), $"name{n}", null, "UnknownUser"));

        var rows = await ReadRowsAsync();
        var counted = Assert.Single(rows, row => row.Occurrences > 1);
        Assert.Equal(6, rows.Count);
        Assert.Equal((null, "10.0.0.1", Flood - 5), (counted.Subject, counted.ClientIp, (int)counted.Occurrences));
    }

    [Fact]
    public async Task S35_a_flood_from_one_address_does_not_hide_the_addresses_of_others_at_the_same_name()
    {
        await FloodAsync(n => AuditEvent.LoginFailed(From(n < Flood - 3 ? 1 : n), "victim", "id", "WrongPassword"));
        Assert.Equal(3, (await ReadRowsAsync()).Count(row => row.ClientIp != "10.0.0.1"));
    }

    [Fact]
    public async Task S35_refusals_of_many_names_from_many_addresses_become_few_rows_and_one_count()
    {
        await FloodAsync(n => AuditEvent.LoginFailed(From(n), $"name{n}", null, "UnknownUser"));

        var rows = await ReadRowsAsync();
        var counted = Assert.Single(rows, row => row.Occurrences > 1);
        Assert.Equal(31, rows.Count);
        Assert.Equal((null, null, Flood - 30), (counted.Subject, counted.ClientIp, (int)counted.Occurrences));
    }

    [Fact]
    public async Task S35_no_refusal_of_a_flood_is_lost_from_the_sum()
    {
        await FloodAsync(n => (n % 3) switch
        {
            0 => AuditEvent.LoginFailed(From(n % 7), $"name{n % 11}", null, "UnknownUser"),
            1 => AuditEvent.LoginThrottled(From(n % 7), $"name{n % 11}", "Name"),
            _ => AuditEvent.AccessDenied(From(n % 7), "GET /user", "Forbidden"),
        });

        Assert.Equal(Flood, (await ReadRowsAsync()).Sum(row => row.Occurrences));
    }

    [Fact]
    public async Task S35_successes_are_never_counted_together()
    {
        await FloodAsync(n => AuditEvent.LoginSucceeded(From(1), "id", "name"));
        Assert.Equal(Flood, (await ReadRowsAsync()).Count);
    }

    [Fact]
    public async Task A_new_interval_gives_new_rows()
    {
        await using var host = CreateHost(new() { ["Audit:RefusalsPerAddress"] = "1", ["Audit:RefusalInterval"] = "00:00:00.500" });
        using var counted = new CountedMetric(host.Services.GetRequiredService<IMeterFactory>(), "energyload.audit.counted");
        await host.StartAsync();
        await Eventually.IsTrueAsync(async () =>
        {
            await host.Log.RecordAsync(AuditEvent.LoginFailed(From(1), "name", null, "UnknownUser"), CancellationToken.None);
            var rows = await ReadRowsAsync();
            return counted.Sum > 0 && rows.Any(row => row.Detail == "counted") && rows.Count(row => row.Detail != "counted") > 2;
        });
    }

    private static AuditContext From(int n) => new() { ClientAddress = new IPAddress([10, 0, (byte)(n / 250), (byte)(n % 250)]) };

    private async Task FloodAsync(Func<int, AuditEvent> auditEvent)
    {
        await using var host = CreateHost(Bounds);
        await host.StartAsync();
        await Parallel.ForAsync(
            0,
            Flood,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (n, token) => await host.Log.RecordAsync(auditEvent(n), token));
        await host.StopAsync();
    }
}
