using System.Text.Json.Nodes;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>A parameter of an operation; the schema of a body, or what stands in its place for the others.</summary>
internal sealed record PublicParameter(string Name, string In, bool Required, JsonObject Schema)
{
    public static PublicParameter Of(JsonObject parameter) => new(
        parameter["name"]!.GetValue<string>(),
        parameter["in"]!.GetValue<string>(),
        parameter["required"]?.GetValue<bool>() ?? false,
        parameter["schema"]?.AsObject() ?? parameter);
}
