using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>
/// The few surfaces of Google that the library speaks to, on a real socket: published keys, signJwt and the metadata server.
/// </summary>
internal sealed class FakeGoogle
{
    public const string Issuer = "edm-tokens@energyload-local.iam.gserviceaccount.com";
    public const string GoogleIssuer = "https://accounts.google.com";

    private static readonly Lazy<Task<FakeGoogle>> Running = new(StartAsync);

    private readonly Lock _lock = new();
    private int _keySetReads;

    public string Address { get; private set; } = "";

    /// <summary>The keys of Google's own ID tokens.</summary>
    public List<TestKey> GoogleKeys { get; } = [new TestKey("google-1")];

    /// <summary>The keys of the account that signs the users' tokens.</summary>
    public List<TestKey> IssuerKeys { get; } = [new TestKey("issuer-1")];

    /// <summary>How often a key set was fetched.</summary>
    public int KeySetReads => Volatile.Read(ref _keySetReads);

    /// <summary>What was added to secrets, by the secret's resource name; adding to any but <c>first-root</c> is refused.</summary>
    public ConcurrentDictionary<string, string> Secrets { get; } = new();

    /// <summary>While true, key sets answer 503.</summary>
    public bool KeySetsAreDown { get; set; }

    /// <summary>One for the whole test process: Google's client finds the metadata server by an environment variable.</summary>
    public static Task<FakeGoogle> GetAsync() => Running.Value;

    /// <summary>One with keys of its own, for tests that take keys away.</summary>
    public static async Task<FakeGoogle> StartAsync()
    {
        var google = new FakeGoogle();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(google.AnswerAsync);
        await app.StartAsync();
        google.Address = app.Urls.Single();
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", new Uri(google.Address).Authority);
        return google;
    }

    public void Change(Action<FakeGoogle> change)
    {
        lock (_lock)
        {
            change(this);
        }
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["Metadata-Flavor"] = "Google";
        var path = context.Request.Path.Value!;
        return path switch
        {
            "/oauth2/v3/certs" => AnswerKeysAsync(context, GoogleKeys),
            _ when path.StartsWith("/service_accounts/v1/jwk/", StringComparison.Ordinal) => AnswerKeysAsync(context, IssuerKeys),
            _ when path.EndsWith(":signJwt", StringComparison.Ordinal) => SignAsync(context),
            _ when path.EndsWith(":addVersion", StringComparison.Ordinal) =>
                AddVersionAsync(context, path["/v1/".Length..^":addVersion".Length]),
            _ when path.EndsWith("/token", StringComparison.Ordinal) => context.Response.WriteAsJsonAsync(
                new { access_token = "metadata-access-token", expires_in = 3600, token_type = "Bearer" }),
            _ when path.EndsWith("/email", StringComparison.Ordinal) => context.Response.WriteAsync(
                "send-api@energyload-local.iam.gserviceaccount.com"),
            _ => context.Response.WriteAsync(""),
        };
    }

    private Task AnswerKeysAsync(HttpContext context, List<TestKey> keys)
    {
        Interlocked.Increment(ref _keySetReads);
        context.Response.StatusCode = KeySetsAreDown ? 503 : 200;
        lock (_lock)
        {
            return context.Response.WriteAsJsonAsync(new { keys = keys.Select(key => key.Public).ToArray() });
        }
    }

    private async Task AddVersionAsync(HttpContext context, string secret)
    {
        if (!secret.EndsWith("/first-root", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new { error = new { code = 404, status = "NOT_FOUND", message = "Secret not found" } });
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        Secrets[secret] = Encoding.UTF8.GetString(body.RootElement.GetProperty("payload").GetProperty("data").GetBytesFromBase64());
        await context.Response.WriteAsJsonAsync(new { name = $"{secret}/versions/1", state = "ENABLED" });
    }

    private async Task SignAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var key = IssuerKeys[0];
        await context.Response.WriteAsJsonAsync(
            new { keyId = key.Kid, signedJwt = key.Sign(body.RootElement.GetProperty("payload").GetString()!) });
    }
}
