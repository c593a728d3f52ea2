using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A service that answers with what it was asked, unless a test gives it something else to do.</summary>
internal sealed class EchoBackend : IAsyncDisposable
{
    private readonly WebApplication _app = LoopbackApp.Create();
    private int _requests;

    public EchoBackend() => _app.Run(HandleAsync);

    public Uri Address => LoopbackApp.AddressOf(_app);

    public int Requests => _requests;

    /// <summary>Answers in place of the echo.</summary>
    public RequestDelegate? Instead { get; set; }

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        Interlocked.Increment(ref _requests);
        if (Instead is { } instead)
        {
            await instead(context);
            return;
        }

        using var reader = new StreamReader(context.Request.Body, Encoding.Latin1);
        var headers = context.Request.Headers.SelectMany(header => header.Value.Select(value => new EchoedHeader(header.Key, value!)));
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        await context.Response.WriteAsJsonAsync(new Echo(context.Request.Method, target, [.. headers], await reader.ReadToEndAsync()));
    }
}
