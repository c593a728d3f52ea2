using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Configuration;

internal sealed record GatewayConfig
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The loopback port to listen on; 0 lets the system choose.</summary>
    public required int Port { get; init; }

    public required string OpenApi { get; init; }

    /// <summary>What the placeholders of the contract stand for.</summary>
    public required IReadOnlyDictionary<string, string> Values { get; init; }

    /// <summary>The processes behind the contract's backend address, taken in turn as Cloud Run's load balancer would.</summary>
    public required IReadOnlyList<Uri> Backends { get; init; }

    /// <summary>The metadata server that issues this gateway's ID tokens.</summary>
    public required Uri Metadata { get; init; }

    public required IReadOnlyList<ApiKey> ApiKeys { get; init; }

    /// <summary>Replaces the ID token's signature, as Cloud Run is reported to do for some tokens.</summary>
    public bool StripSignatures { get; init; }

    public static GatewayConfig Read(string file)
    {
        using var stream = File.OpenRead(file);
        return JsonSerializer.Deserialize<GatewayConfig>(stream, Json) ?? throw new InvalidDataException($"{file} is empty.");
    }
}
