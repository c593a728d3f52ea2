using System.Text.Json;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>What a call was answered.</summary>
internal sealed record Reply(int Status, string Text, Uri? Location)
{
    public JsonElement Json => JsonElement.Parse(Text);

    public string Member(string name) => Json.GetProperty(name).GetString()!;
}
