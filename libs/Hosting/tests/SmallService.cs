using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EnergyLoad.Hosting.Tests;

/// <summary>A service of a few routes on a real socket.</summary>
public sealed class SmallService : IAsyncLifetime
{
    private const int BodyLimit = 4096;
    private WebApplication _app = null!;

    public bool IsDependencyUp { get; set; }

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(["--PORT=0", "--Hosting:Loopback=true", $"--Hosting:MaximumBodyBytes={BodyLimit}"]);
        builder.AddServiceHosting("small-service");
        builder.Services.AddRequestDecompression();
        builder.Services.AddHealthChecks().AddCheck("dependency", () => IsDependencyUp ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy(), [HealthEndpoints.Ready]);
        _app = builder.Build();
        _app.UseServiceHosting();
        _app.UseCompressedBodies();
        _app.MapHealth();
        _app.MapGet("/fault", string () => throw new InvalidOperationException("secret of the inside"));
        _app.MapGet("/down", string () => throw new UnavailableException("the database at 10.0.0.7") { RetryAfter = TimeSpan.FromSeconds(2.5) });
        _app.MapGet("/refused", () => new Problem(ProblemTypes.TooManyRequests, "Slow down.", [new("/a", "TooFast", "…")], TimeSpan.FromSeconds(7)));
        _app.MapPost("/length", async (HttpContext context) =>
            await RequestBody.ReadAsync(context, BodyLimit, TimeProvider.System) is { } body ? Results.Text($"{body.Length}") : new Problem(ProblemTypes.TooLarge));
        await _app.StartAsync();
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Client = new HttpClient { BaseAddress = new Uri(address), DefaultRequestVersion = HttpVersion.Version11 };
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
