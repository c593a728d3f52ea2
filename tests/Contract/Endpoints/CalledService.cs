using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>A service that tasks and pushes call: it keeps each call and answers as its path was told to, with 204 otherwise.</summary>
public sealed class CalledService : IAsyncDisposable
{
    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _answers = new();
    private readonly WebApplication _app;

    public CalledService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public string AddressOf(string path) => _app.Urls.Single() + path;

    public void AnswerNext(string path, params int[] statuses)
    {
        var answers = _answers.GetOrAdd(path, static _ => new ConcurrentQueue<int>());
        foreach (var status in statuses)
        {
            answers.Enqueue(status);
        }
    }

    public IReadOnlyList<Call> CallsOf(string path) => [.. _calls.Where(call => call.Path == path)];

    public async Task<IReadOnlyList<Call>> WaitForAsync(string path, int calls)
    {
        await Poll.UntilAsync(() => CallsOf(path).Count >= calls);
        return CallsOf(path);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var (request, headers) = (context.Request, new HeaderDictionary(context.Request.Headers.ToDictionary()));
        _calls.Enqueue(new Call(request.Method, request.Path, headers, body, DateTimeOffset.UtcNow));
        context.Response.StatusCode = _answers.TryGetValue(request.Path, out var answers) && answers.TryDequeue(out var status)
            ? status
            : StatusCodes.Status204NoContent;
    }
}
