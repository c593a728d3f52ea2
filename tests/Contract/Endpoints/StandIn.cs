using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;
using Microsoft.AspNetCore.Builder;
using System.Text.Json;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>Our own stand-in for Google Cloud, which the local stack runs on.</summary>
public sealed class StandIn : CloudEndpoint
{
    public const string Queue = $"projects/{ProjectId}/locations/europe-west1/queues/contract";
    public const string Account = $"send-api@{ProjectId}.iam.gserviceaccount.com";
    public const string Signer = $"edm-tokens@{ProjectId}.iam.gserviceaccount.com";
    public const string Key = $"projects/{ProjectId}/locations/europe-west1/keyRings/edm/cryptoKeys/config";
    private readonly string _state = Directory.CreateTempSubdirectory("contract-").FullName;
    private WebApplication? _server;

    protected override async Task<Started?> StartAsync()
    {
        _server = GoogleServer.Build(new GoogleSettings
        {
            Port = 0,
            State = _state,
            ProjectId = ProjectId,
            Accounts =
            [
                new AccountSettings(Account, "100000000000000000001", MetadataPort: 0),
                new AccountSettings(Signer, "100000000000000000002"),
            ],
            Queues = [new QueueSettings(Queue, MaxAttempts: 3, MaxBackoffMs: 500)],
            Buckets = ["contract-source", "contract-target"],
            Secrets = new Dictionary<string, string> { ["database"] = """{"user":"send-api","password":"canary"}""" },
            CryptoKeys = [Key],
        });
        await _server.StartAsync();
        var addresses = _server.Urls.Select(url => new Uri(url)).ToArray();
        using var metadata = new HttpClient { BaseAddress = addresses[1] };
        metadata.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var token = JsonElement.Parse(await metadata.GetStringAsync("/computeMetadata/v1/instance/service-accounts/default/token"));
        return new Started(addresses[0], token.GetProperty("access_token").GetString()!);
    }

    protected override async Task StopAsync()
    {
        await _server!.DisposeAsync();
        Directory.Delete(_state, recursive: true);
    }
}
