using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

/// <summary>A request as it came over the socket.</summary>
public sealed record SeenRequest(string Method, string Target, IHeaderDictionary Headers, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
