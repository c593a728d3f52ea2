namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>One unusual request.</summary>
internal sealed record OddInput(byte[] Body)
{
    public string MediaType { get; init; } = "application/json";

    public string? Encoding { get; init; }

    public string Query { get; init; } = "";
}
