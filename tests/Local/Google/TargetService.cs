using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Local.Tests.Google;

/// <summary>A service that Google calls: it keeps each call and answers as it was told to, with 204 otherwise.</summary>
internal sealed class TargetService : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _answers = new();
    private readonly ConcurrentQueue<Call> _calls = new();

    public TargetService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public Uri Address => new(_server.Urls.First());

    public Task StartAsync() => _server.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>Every test calls under a path of its own, so that they do not see each other's calls.</summary>
    public void AnswerNext(string path, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _answers.GetOrAdd(path, _ => new ConcurrentQueue<int>()).Enqueue(status);
        }
    }

    public IReadOnlyList<Call> CallsTo(string path) => [.. _calls.Where(call => call.Path == path)];

    public async Task<Call> CallAsync(string path, int index = 0)
    {
        await Poll.UntilAsync(() => CallsTo(path).Count > index);
        return CallsTo(path)[index];
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        _calls.Enqueue(new Call(context.Request.Method, context.Request.Path, headers, await reader.ReadToEndAsync()));
        context.Response.StatusCode = _answers.TryGetValue(context.Request.Path, out var answers) && answers.TryDequeue(out var status)
            ? status
            : StatusCodes.Status204NoContent;
    }

    internal sealed record Call(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
    {
        public string Bearer => Headers["Authorization"]["Bearer ".Length..];
    }
}
