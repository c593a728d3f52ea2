using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Contract.Tests.Pair;

/// <summary>
/// Where the emulator pushes to. The emulator sends no ID token, which Pub/Sub does: this one adds it, and passes on everything else
/// as it came, the answer too.
/// </summary>
internal sealed class SigningRelay : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _http = new();
    private readonly Uri _target;
    private readonly string _idToken;
    private int _refusals;
    private int _repetitions;

    private SigningRelay(Uri target, string idToken)
    {
        (_target, _idToken) = (target, idToken);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(RelayAsync);
    }

    /// <summary>What each push was answered, in order.</summary>
    public ConcurrentQueue<int> Answers { get; } = new();

    public string Address => _app.Urls.Single() + _target.AbsolutePath;

    public static async Task<SigningRelay> StartAsync(Uri target, string idToken)
    {
        var relay = new SigningRelay(target, idToken);
        await relay._app.StartAsync();
        return relay;
    }

    /// <summary>Lets the next pushes fail before they reach the service.</summary>
    public void RefuseNext(int pushes) => Volatile.Write(ref _refusals, pushes);

    /// <summary>Passes the next push on so many times more.</summary>
    public void RepeatNext(int times) => Volatile.Write(ref _repetitions, times);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task RelayAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        if (Interlocked.Decrement(ref _refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            Answers.Enqueue(context.Response.StatusCode);
            return;
        }

        for (var more = Interlocked.Exchange(ref _repetitions, 0); more > 0; more--)
        {
            Answers.Enqueue(await PassAsync(context.Request, body.ToArray()));
        }

        context.Response.StatusCode = await PassAsync(context.Request, body.ToArray());
        Answers.Enqueue(context.Response.StatusCode);
    }

    private async Task<int> PassAsync(HttpRequest push, byte[] body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(push.Method), _target) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(push.ContentType!);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _idToken);
        using var answer = await _http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
