using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>The four calls of e-Sight on a socket of their own; each POST is answered as the test says, or not at all.</summary>
internal sealed class SmallESight : IAsyncDisposable
{
    /// <summary>Hangs until the client gives up.</summary>
    public const int Silence = 0;

    /// <summary>Cuts the connection without an answer.</summary>
    public const int Cut = -1;

    private readonly WebApplication _server;

    private SmallESight(WebApplication server) => _server = server;

    public ConcurrentQueue<byte[]> Received { get; } = new();

    /// <summary>The answers to come; 200 when there are none left.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public IReadOnlyList<string> Sites { get; set; } = ["LU_VPC"];

    /// <summary>What the service must be told to find it.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings => new[] { "Token", "Sites", "Meters", "Consumption" }
        .Select(call => KeyValuePair.Create<string, string?>($"ESight:{call}Url", $"{_server.Urls.Single()}/{call.ToLowerInvariant()}"));

    public static async Task<SmallESight> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var esight = new SmallESight(builder.Build());
        esight._server.MapGet("/token", () => Results.Json(new Dictionary<string, string> { ["access_token"] = "t" }));
        esight._server.MapGet(
            "/sites",
            () => Results.Text(JsonSerializer.Serialize(esight.Sites.Select(site => new { SiteCode = site })), "application/json"));
        esight._server.MapGet("/meters", () => Results.Text("""[{"MeterCode":"LU_VPC_Elec_4"}]""", "application/json"));
        esight._server.MapPost("/consumption", esight.TakeAsync);
        await esight._server.StartAsync();
        return esight;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        Received.Enqueue(body.ToArray());
        var answer = Answers.TryDequeue(out var wished) ? wished : StatusCodes.Status200OK;
        switch (answer)
        {
            case Silence:
                await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Cut:
                context.Abort();
                break;
            default:
                context.Response.StatusCode = answer;
                break;
        }
    }
}
