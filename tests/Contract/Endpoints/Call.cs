using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>A request that reached the service.</summary>
public sealed record Call(string Method, string Path, IHeaderDictionary Headers, string Body, DateTimeOffset At)
{
    public JsonElement Json => JsonElement.Parse(Body);
}
