using EnergyLoad.Auth;
using EnergyLoad.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>The push of messages.</summary>
internal static class SendEndpoints
{
    private const string Json = "application/json";
    private const string Lines = "application/x-ndjson";

    public static void AddAccepting(this WebApplicationBuilder builder)
    {
        builder.Services.AddValidatedOptions<AcceptOptions, AcceptOptionsValidator>(AcceptOptions.Section);
        builder.Services.AddSingleton<AcceptStore>();
        builder.Services.AddSingleton<AcceptQueue>();
        builder.Services.AddSingleton<PushProcess>();
        builder.Services.AddRequestDecompression();
    }

    public static void MapAccepting(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/v1/service/send", SendAsync).WithName("SendMessages").RequireGatewayUser(Role.Root, Role.Admin, Role.Sender)
            .ChecksStandingItself();

    private static async Task<IResult> SendAsync(
        HttpContext context, PushProcess process, IOptions<ServiceOptions> options, TimeProvider timeProvider, bool validateOnly = false)
    {
        var pusher = new Pusher(CurrentUser.Of(context.User).Username, StandingCheck.Of(context.User));
        var mediaType = MediaTypeOf(context.Request);
        if (mediaType is not (Json or Lines))
        {
            return new Problem(ProblemTypes.UnsupportedMediaType, $"Send {Json} or {Lines}.");
        }

        var (body, refusal) = await ReadAsync(context, options.Value.MaximumBodyBytes, timeProvider);
        if (body is null)
        {
            return refusal!;
        }

        var now = timeProvider.GetUtcNow();
        return (mediaType == Lines ? Push.ReadLines(body, now) : Push.ReadJson(body, now)) switch
        {
            Push.Malformed malformed => validateOnly
                ? new Problem(SendProblems.InvalidJson, malformed.Detail)
                : await process.RefuseAsync(pusher, malformed),
            Push.One one => validateOnly
                ? PushProcess.Check([one.Reading], isBatch: false)
                : await process.TakeAsync(pusher, one.Reading),
            Push.Batch batch => validateOnly
                ? PushProcess.Check(batch.Readings, isBatch: true)
                : await process.TakeAsync(pusher, batch.Readings),
            var other => throw new InvalidOperationException(other.GetType().Name),
        };
    }

    private static async Task<(byte[]? Body, Problem? Refusal)> ReadAsync(HttpContext context, int limit, TimeProvider timeProvider)
    {
        // What was decompressed on its way here has no encoding any more.
        if (context.Request.Headers.ContentEncoding.Count > 0)
        {
            return (null, new Problem(ProblemTypes.UnsupportedMediaType, "Send the body as it is, or compressed once with gzip."));
        }

        try
        {
            return await RequestBody.ReadAsync(context, limit, timeProvider) is { } body
                ? (body, null)
                : (null, new Problem(ProblemTypes.TooLarge, $"A body has at most {limit} bytes; push smaller batches."));
        }
        catch (BadHttpRequestException fault) when (fault.InnerException is InvalidDataException or InvalidOperationException)
        {
            return (null, new Problem(SendProblems.InvalidJson, "The body is not compressed as its Content-Encoding says."));
        }
    }

    private static string? MediaTypeOf(HttpRequest request) =>
        request.GetTypedHeaders().ContentType?.MediaType.Value?.ToLowerInvariant();
}
