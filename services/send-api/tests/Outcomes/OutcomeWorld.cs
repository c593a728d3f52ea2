using System.Net;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>
/// The service's rooms over a database of their own, without its routes and without e-Sight: answers are given by the test.
/// </summary>
public sealed class OutcomeWorld : IAsyncLifetime
{
    private readonly TestDatabase _tests = new();
    private WebApplication? _service;

    internal Database Database => _tests.Database;

    internal WebApplication Service => _service!;

    /// <summary>Settings that differ from those of all tests; set them before the start.</summary>
    internal Dictionary<string, string?> Settings { get; } = [];

    public async Task InitializeAsync()
    {
        await _tests.InitializeAsync();
        var google = await SendCloud.Shared;
        _service = SendService.Build(_tests.Options, google.Address, Settings);
        foreach (var schema in Get<IReadOnlyList<MigrationSet>>())
        {
            await Get<Migrator>().RunAsync(schema, CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _tests.DisposeAsync();
    }

    internal T Get<T>()
        where T : notnull => _service!.Services.GetRequiredService<T>();

    /// <summary>Commits a message as a push does.</summary>
    internal async Task<SendId> AcceptAsync(PushedMessage message)
    {
        var reading = Assert.IsType<MessageReading.Valid>(
            Assert.IsType<Push.One>(Push.ReadJson(message.ToBytes(), DateTimeOffset.UtcNow)).Reading);
        var row = new NewMessage(message.Sender, reading.Message, SHA256.HashData(reading.Message.Body.Span), TraceParent: null);
        return Assert.IsType<AcceptOutcome.Accepted>(Assert.Single(await Get<AcceptStore>().CommitAsync([row]))).Id;
    }

    /// <summary>Delivers what is due; e-Sight answers everything with the same status.</summary>
    /// <returns>The messages in the order of their claim, with their bytes.</returns>
    internal async Task<IReadOnlyList<(SendId Id, string Body)>> DeliverAsync(HttpStatusCode status = HttpStatusCode.OK)
    {
        var delivered = new List<(SendId Id, string Body)>();
        while (await Get<ClaimStore>().ClaimAsync(64, CancellationToken.None) is { Count: > 0 } claimed)
        {
            delivered.AddRange(claimed.Select(message => (message.SendId, Encoding.UTF8.GetString(message.Body))));
            var verdict = Verdict.Of(new ESightAnswer.Answered(status, null), afterUnknown: false);
            await Get<RecordStore>().RecordAsync(
                [.. claimed.Select(message => new Attempt(message, verdict, DateTimeOffset.UtcNow, TimeSpan.Zero))]);
        }

        return delivered;
    }

    /// <summary>Delivers up to so many due messages; the test chooses e-Sight's answer to each.</summary>
    internal async Task<IReadOnlyList<(SendId Id, HttpStatusCode Status)>> DeliverAsync(int most, Func<HttpStatusCode> answer)
    {
        var claimed = await Get<ClaimStore>().ClaimAsync(most, CancellationToken.None);
        if (claimed.Count == 0)
        {
            return [];
        }

        var answered = claimed.Select(message => (Message: message, Status: answer())).ToList();
        await Get<RecordStore>().RecordAsync([.. answered.Select(one => new Attempt(
            one.Message, Verdict.Of(new ESightAnswer.Answered(one.Status, null), afterUnknown: false), DateTimeOffset.UtcNow, TimeSpan.Zero))]);
        return [.. answered.Select(one => (one.Message.SendId, one.Status))];
    }

    /// <summary>The ledger of the last hour.</summary>
    internal Task<LedgerView> CountAsync(LedgerGrouping groupBy) => Get<LedgerStore>().CountAsync(
        DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddMinutes(1), groupBy, CancellationToken.None);

    internal Task ProjectAsync() => Get<SearchProjector>().SweepAsync(CancellationToken.None);

    internal Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Database.ExecuteAsync(sql, parameters, CancellationToken.None);

    internal async Task<T> ReadAsync<T>(string sql, object? parameters = null) =>
        (await Database.QueryAsync<T>(sql, parameters, CancellationToken.None)).Single();
}
