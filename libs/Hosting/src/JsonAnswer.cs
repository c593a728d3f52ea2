using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Hosting;

/// <summary>An <c>application/json</c> answer in one piece, its length said first.</summary>
public static class JsonAnswer
{
    /// <summary>Makes the answer.</summary>
    /// <param name="value">What is answered.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="status">The status.</param>
    /// <param name="location">Where the thing that the answer is about can be read; null to say nothing.</param>
    public static IResult Of<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK, string? location = null) =>
        new Written<T>(value, type, status, location);

    /// <summary>Writes all of a body.</summary>
    internal static void Write(HttpResponse response, byte[] body)
    {
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body);
    }

    private sealed class Written<T>(T value, JsonTypeInfo<T> type, int status, string? location) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => status;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = status;
            response.ContentType = "application/json; charset=utf-8";
            if (location is not null)
            {
                response.Headers.Location = location;
            }

            Write(response, JsonSerializer.SerializeToUtf8Bytes(value, type));
            return Task.CompletedTask;
        }
    }
}
