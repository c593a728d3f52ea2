using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Local.Tests.ESight;

/// <summary>Takes the login and the reports of e-Sight's user, and can be told to refuse.</summary>
internal sealed class ReceiveGatewayStub : IAsyncDisposable
{
    private readonly WebApplication _server;
    private int _logins;
    private int _refusals;

    public ReceiveGatewayStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.MapPost("/login", Login);
        _server.MapPost("/api/v1/service/receive/errorjson", TakeAsync);
    }

    public ConcurrentQueue<string> Reports { get; } = new();

    public int Logins => _logins;

    public Uri Address => new(_server.Urls.First());

    /// <summary>What the next posts are answered with, before the stub takes reports again.</summary>
    public ConcurrentQueue<int> Refusals { get; } = new();

    public int Refused => _refusals;

    public Task StartAsync() => _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Login(HttpRequest request, Credentials credentials) =>
        request.Headers["x-api-key"] == "the-key" && credentials is { Username: "esight", Password: "the-password" }
            ? Results.Json(new { access_token = $"token-{Interlocked.Increment(ref _logins)}", token_type = "Bearer", expires_in = 3600 })
            : Results.StatusCode(StatusCodes.Status401Unauthorized);

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var report = await reader.ReadToEndAsync();
        if (Refusals.TryDequeue(out var refusal))
        {
            Interlocked.Increment(ref _refusals);
            return Results.StatusCode(refusal);
        }

        if (request.Headers["x-api-key"] != "the-key" || request.Headers.Authorization != $"Bearer token-{_logins}")
        {
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        Reports.Enqueue(report);
        return Results.Json(new { id = "kept" }, statusCode: StatusCodes.Status201Created);
    }

    internal sealed record Credentials(string Username, string Password);
}
