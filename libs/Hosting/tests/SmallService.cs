using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Testing.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Hosting.Tests;

/// <summary>A service of a few routes on a real socket.</summary>
public sealed partial class SmallService : IAsyncLifetime
{
    public const int NoteId = 901;
    public const int OtherId = 902;
    public const string Made = "<b>made</b>";
    private const int BodyLimit = 4096;
    private const string Request = "X-Request";
    private WebApplication _app = null!;

    public bool IsDependencyUp { get; set; }

    public RequestLines RequestLines { get; init; }

    public HttpClient Client { get; private set; } = null!;

    public TaskCompletionSource IsWaiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(
            ["--PORT=0", "--Hosting:Loopback=true", $"--Hosting:MaximumBodyBytes={BodyLimit}", $"--Hosting:RequestLines={RequestLines}", "--GoogleCloud:ProjectId=small-project"]);
        builder.AddServiceHosting("small-service");
        builder.Services.AddSingleton<WrittenLines>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<WrittenLines>());
        builder.Services.AddRequestDecompression();
        builder.Services.AddHealthChecks().AddCheck(
            "dependency", () => IsDependencyUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), [HealthEndpoints.Ready]);
        _app = builder.Build();
        _app.Use(NumberAsync);
        _app.UseServiceHosting();
        _app.UseCompressedBodies();
        _app.MapHealth();
        _app.MapGet("/fault", string () => throw new InvalidOperationException("secret of the inside"));
        _app.MapGet(
            "/down", string () => throw new UnavailableException("the database at 10.0.0.7") { RetryAfter = TimeSpan.FromSeconds(2.5) });
        _app.MapGet(
            "/refused",
            () => new Problem(ProblemTypes.TooManyRequests, "Slow down.", [new("/a", "TooFast", "…")], TimeSpan.FromSeconds(7)));
        _app.MapGet(
            "/made",
            () => JsonAnswer.Of(
                Made, (JsonTypeInfo<string>)JsonSerializerOptions.Web.GetTypeInfo(typeof(string)), StatusCodes.Status201Created, "/made/1"));
        _app.MapPost("/length", async (HttpContext context) =>
            await RequestBody.ReadAsync(context, BodyLimit, TimeProvider.System) is { } body
                ? Results.Text($"{body.Length}")
                : new Problem(ProblemTypes.TooLarge));
        _app.MapPost("/messages/{sendId}/conflict", Conflict);
        _app.MapGet(
            "/other", (ILogger<SmallService> logger) => Log.Other(logger, Guid.Parse("01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f"), "other"));
        _app.MapGet("/until-stop", UntilStopAsync);
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address), DefaultRequestVersion = HttpVersion.Version11 };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }

    public Task StopAsync() => _app.StopAsync();

    /// <summary>The lines of one event that the request left which was answered so.</summary>
    internal async Task<IReadOnlyList<JsonElement>> LinesOfAsync(HttpResponseMessage answer, int eventId)
    {
        var number = answer.Headers.GetValues(Request).Single();
        var lines = _app.Services.GetRequiredService<WrittenLines>().Lines;

        // A request is over a moment after its answer has gone out.
        await Eventually.GetAsync(() => Task.FromResult(lines.Any(line => IsEnd(line, number))), ended => ended);
        var trace = TraceOf(lines.First(line => IsEnd(line, number)));
        return [.. lines.Where(line => TraceOf(line) == trace && line.GetProperty("eventId").GetInt32() == eventId)];
    }

    private static bool IsEnd(JsonElement line, string number) =>
        line.GetProperty("eventId").GetInt32() == Log.EndId && line.GetProperty("fields").GetProperty("Number").GetString() == number;

    private static string? TraceOf(JsonElement line) =>
        line.TryGetProperty("logging.googleapis.com/trace", out var trace) ? trace.GetString() : null;

    /// <summary>Numbers the requests, and says when one is over.</summary>
    private static async Task NumberAsync(HttpContext context, RequestDelegate next)
    {
        var number = Guid.NewGuid().ToString("n");

        // A fault clears what was set before.
        context.Response.OnStarting(() =>
        {
            context.Response.Headers[Request] = number;
            return Task.CompletedTask;
        });
        await next(context);
        Log.Ended(context.RequestServices.GetRequiredService<ILogger<SmallService>>(), number);
    }

    private static Problem Conflict(ILogger<SmallService> logger)
    {
        LogSubject.IsUser("u-1");
        LogSubject.IsMessage(sendId: null, "electricity_lu_1");
        Log.Noted(logger, "kept");
        return new Problem(new ProblemType("Conflict", StatusCodes.Status409Conflict, "Other bytes are there."));
    }

    private Task UntilStopAsync(IHostApplicationLifetime lifetime)
    {
        IsWaiting.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, lifetime.ApplicationStopping);
    }

    private static partial class Log
    {
        public const int EndId = 903;

        [LoggerMessage(NoteId, LogLevel.Information, "It is {What}")]
        public static partial void Noted(ILogger logger, string what);

        [LoggerMessage(OtherId, LogLevel.Information, "{SendId} is {MessageId}")]
        public static partial void Other(ILogger logger, Guid sendId, string messageId);

        [LoggerMessage(EndId, LogLevel.Information, "Request {Number} is over")]
        public static partial void Ended(ILogger logger, string number);
    }
}
