using System.Text.Json.Serialization;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EnergyLoad.Auth.Login;

/// <summary>The token, bare as the original gave it, or as RFC 6749's document when the client names JSON in Accept.</summary>
internal sealed class TokenAnswer(IssuedToken token) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        var answer = WantsJson(httpContext.Request)
            ? JsonAnswer.Of(
                new TokenDocument(token.Value, "Bearer", (long)token.Lifetime.TotalSeconds), TokenDocumentJson.Default.TokenDocument)
            : Results.Text(token.Value, "text/plain");
        return answer.ExecuteAsync(httpContext);
    }

    private static bool WantsJson(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return QualityOf(accepted, "application/json") is var json and > 0 && json >= QualityOf(accepted, "text/plain");
    }

    private static double QualityOf(IList<MediaTypeHeaderValue> accepted, string type) =>
        accepted.Where(value => value.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase))
            .Select(value => value.Quality ?? 1).DefaultIfEmpty(0).Max();
}

internal sealed record TokenDocument(string AccessToken, string TokenType, long ExpiresIn);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenDocument))]
internal sealed partial class TokenDocumentJson : JsonSerializerContext;
