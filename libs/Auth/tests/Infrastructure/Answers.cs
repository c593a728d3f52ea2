using System.Net;
using System.Text.Json;

namespace EnergyLoad.Auth.Tests.Infrastructure;

internal static class Answers
{
    /// <summary>Asserts a refusal: status, problem document, nothing that a cache may keep; returns its code.</summary>
    public static async Task<string> RefusedAsync(this Task<HttpResponseMessage> pending, params HttpStatusCode[] statuses)
    {
        using var response = await pending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(statuses.Contains(response.StatusCode), $"{(int)response.StatusCode} instead of {string.Join(',', statuses)}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal((int)response.StatusCode, problem.RootElement.GetProperty("status").GetInt32());
        return problem.RootElement.GetProperty("code").GetString()!;
    }

    /// <summary>Asserts 422 and returns the faults as "pointer code".</summary>
    public static async Task<string[]> InvalidAsync(this Task<HttpResponseMessage> pending)
    {
        using var response = await pending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.UnprocessableEntity, $"{(int)response.StatusCode}: {text}");
        using var problem = JsonDocument.Parse(text);
        return
        [
            .. problem.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}"),
        ];
    }

    /// <summary>Asserts 2xx and returns the body.</summary>
    public static async Task<string> AcceptedAsync(this Task<HttpResponseMessage> pending, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await pending;
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == response.StatusCode, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
        return text;
    }
}
