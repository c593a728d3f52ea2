using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using static System.Buffers.Text.Base64Url;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A metadata server and a set of public keys, on a socket of their own.</summary>
internal sealed class FakeGoogle : IAsyncDisposable
{
    private readonly WebApplication _app = LoopbackApp.Create();

    public FakeGoogle()
    {
        _app.MapGet("/jwks", Keys);
        _app.MapGet("/computeMetadata/v1/instance/service-accounts/default/identity", Identity);
    }

    public RSA Key { get; } = RSA.Create(2048);

    public string KeyId { get; } = "key-1";

    public Uri Address => LoopbackApp.AddressOf(_app);

    public int KeyRequests => _keyRequests;

    /// <summary>Whether the keys can be had; 503 when not.</summary>
    public bool KeysHealthy { get; set; } = true;

    /// <summary>Whether ID tokens can be had; 503 when not.</summary>
    public bool IdentityHealthy { get; set; } = true;

    public TimeSpan IdentityLifetime { get; set; } = TimeSpan.FromHours(1);

    public ConcurrentQueue<(string Query, string Flavor)> IdentityRequests { get; } = [];

    private int _keyRequests;

    public Task StartAsync() => _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Key.Dispose();
    }

    private IResult Keys()
    {
        Interlocked.Increment(ref _keyRequests);
        var parameters = Key.ExportParameters(false);
        return !KeysHealthy ? Results.StatusCode(503) : Results.Json(new
        {
            keys = new[] { new { kty = "RSA", alg = "RS256", use = "sig", kid = KeyId, n = EncodeToString(parameters.Modulus), e = EncodeToString(parameters.Exponent) } },
        });
    }

    private IResult Identity(HttpRequest request)
    {
        IdentityRequests.Enqueue((request.QueryString.Value!, request.Headers["Metadata-Flavor"].ToString()));
        var token = new TestToken { Key = Key, Issuer = "https://accounts.google.com", Audience = request.Query["audience"].ToString(), ExpiresIn = IdentityLifetime };
        return IdentityHealthy ? Results.Text(token.Encode()) : Results.StatusCode(503);
    }
}
