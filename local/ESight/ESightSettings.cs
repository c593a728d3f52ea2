using System.Text.Json;

namespace EnergyLoad.Local.ESight;

/// <summary>What the launcher tells the simulator. A class, not a record: its text must not show the passwords.</summary>
internal sealed class ESightSettings
{
    public required int Port { get; init; }

    public required string State { get; init; }

    public required string ReadUser { get; init; }

    public required string ReadPassword { get; init; }

    public required string WriteUser { get; init; }

    public required string WritePassword { get; init; }

    public required IReadOnlyList<string> Sites { get; init; }

    public required IReadOnlyList<string> Meters { get; init; }

    /// <summary>Where error reports go: the receive gateway's address.</summary>
    public required Uri ReceiveGateway { get; init; }

    public required string ApiKey { get; init; }

    public required string Username { get; init; }

    public required string Password { get; init; }

    public static ESightSettings Load(string file) =>
        JsonSerializer.Deserialize<ESightSettings>(File.ReadAllBytes(file), JsonSerializerOptions.Web)
        ?? throw new InvalidDataException($"{file} holds no settings.");
}
