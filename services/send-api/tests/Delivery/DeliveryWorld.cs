using System.Security.Cryptography;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Search;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.SendApi.Tests.Outcomes;
using EnergyLoad.Testing;
using EnergyLoad.Testing.Cloud;
using EnergyLoad.Testing.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.Delivery;

/// <summary>
/// Instances of the service over one database, with e-Sight's simulator and a topic of their own; tests do what wake-ups would.
/// </summary>
public abstract class DeliveryWorld : IAsyncLifetime
{
    public const string Meter = "LU_VPC_Elec_4";
    private readonly TestDatabase _tests = new();
    private readonly List<WebApplication> _instances = [];

    internal string Topic { get; } = $"deliveries-{Guid.NewGuid():n}";

    internal ESightWorld ESight { get; } = new();

    internal GoogleStandIn Google { get; private set; } = null!;

    internal Database Database => _tests.Database;

    protected virtual int Instances => 1;

    /// <summary>What differs from the settings of all tests.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>Meters that e-Sight has.</summary>
    protected virtual IReadOnlyList<string> Meters => [Meter];

    public async Task InitializeAsync()
    {
        Google = await SendCloud.Shared;
        await Google.MakeTopicAsync(Topic);
        await _tests.InitializeAsync();
        await ESight.StartAsync(["LU_VPC"], Meters);
        for (var instance = 0; instance < Instances; instance++)
        {
            _instances.Add(SendService.Build(_tests.Options, Google.Address, ToESight(Settings)));
        }

        foreach (var schema in Get<IReadOnlyList<MigrationSet>>())
        {
            await Get<Migrator>().RunAsync(schema, CancellationToken.None);
        }
    }

    public async Task DisposeAsync()
    {
        foreach (var instance in _instances)
        {
            await instance.DisposeAsync();
        }

        await ESight.DisposeAsync();
        await _tests.DisposeAsync();
    }

    internal T Get<T>(int instance = 0)
        where T : notnull => _instances[instance].Services.GetRequiredService<T>();

    /// <summary>Commits a message as a push does.</summary>
    internal async Task<SendId> AcceptAsync(PushedMessage message) => (await AcceptManyAsync([message]))[0];

    internal async Task<IReadOnlyList<SendId>> AcceptManyAsync(IReadOnlyList<PushedMessage> messages)
    {
        var rows = messages.Select(message =>
        {
            var reading = (MessageReading.Valid)((Push.One)Push.ReadJson(message.ToBytes(), DateTimeOffset.UtcNow)).Reading;
            return new NewMessage(message.Sender, reading.Message, SHA256.HashData(reading.Message.Body.Span), TraceParent: null);
        });
        var outcomes = await Get<AcceptStore>().CommitAsync([.. rows]);
        return [.. outcomes.Select(outcome => ((AcceptOutcome.Accepted)outcome).Id)];
    }

    /// <summary>Does what a wake-up does: delivers all that is due.</summary>
    internal Task DrainAsync(int instance = 0, CancellationToken stop = default) =>
        Get<DrainRunner>(instance).RunAsync(TimeSpan.FromSeconds(2), isRepeated: false, stop);

    /// <summary>Wakes the drain again and again until a message is in a state.</summary>
    internal Task<string> UntilAsync(SendId id, string state) => Eventually.GetAsync(
        async () =>
        {
            await DrainAsync();
            return await StateAsync(id);
        },
        found => found == state);

    internal async Task<string> StateAsync(SendId id) =>
        (await Get<SendApi.Outcomes.StatusStore>().FindAsync(id, CancellationToken.None))!.State;

    internal Task PublishAsync(int instance = 0) => Get<PublishingRun>(instance).RunAsync(CancellationToken.None);

    internal Task ProjectAsync() => Get<SearchProjector>().SweepAsync(CancellationToken.None);

    internal Task<int> ExecuteAsync(string sql, object? parameters = null) =>
        Database.ExecuteAsync(sql, parameters, CancellationToken.None);

    internal async Task<T> ReadAsync<T>(string sql, object? parameters = null) =>
        (await Database.QueryAsync<T>(sql, parameters, CancellationToken.None)).Single();

    private Dictionary<string, string?> ToESight(Dictionary<string, string?> settings) => new(settings)
    {
        ["Publishing:Topic"] = settings.GetValueOrDefault("Publishing:Topic") ?? Topic,
        ["ESight:TokenUrl"] = new Uri(ESight.Address, "/token").AbsoluteUri,
        ["ESight:SitesUrl"] = new Uri(ESight.Address, "/sites").AbsoluteUri,
        ["ESight:MetersUrl"] = new Uri(ESight.Address, "/meters").AbsoluteUri,
        ["ESight:ConsumptionUrl"] = new Uri(ESight.Address, "/consumption").AbsoluteUri,
    };
}

/// <summary>One instance with the settings of all tests.</summary>
public sealed class OneInstance : DeliveryWorld;

/// <summary>Two instances with the settings of all tests.</summary>
public sealed class TwoInstances : DeliveryWorld
{
    protected override int Instances => 2;
}
