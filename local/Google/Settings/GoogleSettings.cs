using System.Text.Json;

namespace EnergyLoad.Local.Google.Settings;

/// <summary>What the launcher tells the stand-in. A class, not a record: its text must not show the secrets.</summary>
internal sealed class GoogleSettings
{
    public required int Port { get; init; }

    public required string State { get; init; }

    public string ProjectId { get; init; } = "energyload-local";

    public string Location { get; init; } = "europe-west1";

    public IReadOnlyList<AccountSettings> Accounts { get; init; } = [];

    public IReadOnlyList<QueueSettings> Queues { get; init; } = [];

    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<SubscriptionSettings> Subscriptions { get; init; } = [];

    public IReadOnlyList<JobSettings> Jobs { get; init; } = [];

    /// <summary>Hosts that stand for a Cloud Run service, each with the addresses of its instances.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<Uri>> Hosts { get; init; } = new Dictionary<string, IReadOnlyList<Uri>>();

    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>Secrets with their first version's text.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<string> CryptoKeys { get; init; } = [];

    public static GoogleSettings Load(string file) =>
        JsonSerializer.Deserialize<GoogleSettings>(File.ReadAllBytes(file), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"{file} holds no settings.");
}
