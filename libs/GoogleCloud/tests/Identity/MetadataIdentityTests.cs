using System.Globalization;
using System.Net;
using System.Text;
using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.GoogleCloud.Tests.Identity;

/// <summary>The process's identity through Google's own library, against a metadata server named by the environment.</summary>
public sealed class MetadataIdentityTests : IAsyncLifetime
{
    private const string Variable = "GCE_METADATA_HOST";
    private ScriptedServer _server = null!;
    private ServiceProvider _services = null!;
    private TimeSpan _lifetime = TimeSpan.FromHours(1);
    private int _issued;

    public async Task InitializeAsync()
    {
        _server = (await ScriptedServer.StartAsync()).Then(AnswerAsync);
        Environment.SetEnvironmentVariable(Variable, _server.Url.Authority);
        var settings = new Dictionary<string, string?>
        {
            ["GoogleCloud:ProjectId"] = "p",
            ["GoogleCloud:Location"] = "l",
            ["GoogleCloud:PubSubUrl"] = _server.Url.AbsoluteUri,
            ["GoogleCloud:Deadline"] = "00:00:06",
        };
        _services = new ServiceCollection().AddLogging()
            .AddGoogleCloud(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task The_metadata_server_of_the_environment_gives_the_access_token()
    {
        await PublishAsync();
        await PublishAsync();

        Assert.Equal(1, Asked("/token"));
        Assert.All(_server.Seen.Where(seen => seen.Method == "POST"), seen => Assert.Equal("Bearer access-1", seen.Headers.Authorization));
    }

    [Fact]
    public async Task An_access_token_that_is_refused_is_renewed_once()
    {
        await PublishAsync();
        _refuse = "Bearer access-1";

        await PublishAsync();

        Assert.Equal("Bearer access-2", _server.Seen[^1].Headers.Authorization);
    }

    [Fact]
    public async Task A_caller_that_stays_refused_is_told()
    {
        _refuse = "Bearer";

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal(2, _server.Seen.Count(seen => seen.Method == "POST"));
    }

    [Fact]
    public async Task An_ID_token_is_kept_per_audience()
    {
        var identity = _services.GetRequiredService<MetadataIdentity>();

        var first = await identity.GetIdTokenAsync("https://a", CancellationToken.None);
        var again = await identity.GetIdTokenAsync("https://a", CancellationToken.None);
        var other = await identity.GetIdTokenAsync("https://b", CancellationToken.None);

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(2, Asked("/identity"));
    }

    [Fact]
    public async Task An_ID_token_near_its_end_is_renewed()
    {
        _lifetime = TimeSpan.FromSeconds(30);
        var identity = _services.GetRequiredService<MetadataIdentity>();

        var first = await identity.GetIdTokenAsync("https://a", CancellationToken.None);

        Assert.NotEqual(first, await identity.GetIdTokenAsync("https://a", CancellationToken.None));
    }

    [Fact]
    public async Task The_process_knows_its_own_address()
    {
        Assert.Equal(
            "send-api@p.iam.gserviceaccount.com",
            await _services.GetRequiredService<MetadataIdentity>().GetEmailAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_metadata_server_without_an_account_is_a_fault_of_the_credentials()
    {
        _hasAccount = false;

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.Contains("credentials of this process do not give an access token", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<GoogleCloudException>(
            () => _services.GetRequiredService<MetadataIdentity>().GetIdTokenAsync("https://a", CancellationToken.None));
        await Assert.ThrowsAsync<GoogleCloudException>(
            () => _services.GetRequiredService<MetadataIdentity>().GetEmailAsync(CancellationToken.None));
    }

    private string _refuse = "nobody";
    private bool _hasAccount = true;

    private int Asked(string path) => _server.Seen.Count(seen => seen.Target.Contains(path, StringComparison.Ordinal));

    private Task PublishAsync() =>
        _services.GetRequiredService<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None);

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers["Metadata-Flavor"] = "Google";
        var path = context.Request.Path.Value!;
        if (!_hasAccount && path.StartsWith("/computeMetadata", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        }

        if (path.EndsWith("/token", StringComparison.Ordinal))
        {
            return context.Response.WriteAsJsonAsync(
                new { access_token = $"access-{++_issued}", expires_in = 3600, token_type = "Bearer" });
        }

        if (path.EndsWith("/identity", StringComparison.Ordinal))
        {
            return context.Response.WriteAsync(IdToken(context.Request.Query["audience"].ToString()));
        }

        if (path.EndsWith("/email", StringComparison.Ordinal))
        {
            return context.Response.WriteAsync("send-api@p.iam.gserviceaccount.com");
        }

        context.Response.StatusCode = context.Request.Headers.Authorization.ToString()
            .StartsWith(_refuse, StringComparison.Ordinal) ? 401 : 200;
        return context.Response.WriteAsync("""{"messageIds":["1"]}""");
    }

    private string IdToken(string audience)
    {
        var now = DateTimeOffset.UtcNow;
        var claims = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"aud":"{{audience}}","iat":{{now.ToUnixTimeSeconds()}},"exp":{{(now + _lifetime).ToUnixTimeSeconds()}},"jti":{{++_issued}}}""");
        return $"{Segment("""{"alg":"RS256"}""")}.{Segment(claims)}.{Segment("signature")}";
    }

    private static string Segment(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
