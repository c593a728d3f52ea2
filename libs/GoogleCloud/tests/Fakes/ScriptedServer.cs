using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

/// <summary>A real HTTP server on a loopback socket that gives the answers it was told to give, in order; the last one for ever.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<RequestDelegate> _script = new();
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly WebApplication _app;
    private RequestDelegate _answer = static _ => throw new InvalidOperationException("The script is empty.");

    private ScriptedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyList<SeenRequest> Seen => [.. _seen];

    /// <summary>Ends when the server closes, so that a request that is kept waiting does not outlive its test.</summary>
    public CancellationToken Closing => _closing.Token;

    public static async Task<ScriptedServer> StartAsync()
    {
        var server = new ScriptedServer();
        await server._app.StartAsync();
        return server;
    }

    public ScriptedServer Then(RequestDelegate answer)
    {
        lock (_lock)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    public ScriptedServer ThenJson(int status, string json, params (string Name, string Value)[] headers) => Then(async context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        await context.Response.WriteAsync(json);
    });

    public ScriptedServer ThenHangUp() => Then(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public ScriptedServer ThenSayNothing() => Then(context => Task.Delay(Timeout.Infinite, Closing));

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        // The raw target: Kestrel decodes %2F-free paths, and escapes matter here.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        _seen.Enqueue(
            new SeenRequest(context.Request.Method, target, new HeaderDictionary(context.Request.Headers.ToDictionary()), body.ToArray()));
        await NextAnswer()(context);
    }

    private RequestDelegate NextAnswer()
    {
        lock (_lock)
        {
            return _answer = _script.TryDequeue(out var next) ? next : _answer;
        }
    }
}
