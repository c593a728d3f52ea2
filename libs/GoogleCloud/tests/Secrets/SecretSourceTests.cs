using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnergyLoad.GoogleCloud.Tests.Secrets;

/// <summary>The two sources that are in Google Cloud, and the text that says where a secret is.</summary>
public sealed class SecretSourceTests : IAsyncLifetime
{
    private const string Versions = "/v1/projects/p/secrets/edm-db/versions";
    private readonly Dictionary<string, string> _contents = new(StringComparer.Ordinal);
    private readonly LogLines _log = new();
    private string _generation = "42";
    private ScriptedServer _google = null!;
    private IHost? _host;

    public async Task InitializeAsync() => _google = (await ScriptedServer.StartAsync()).Then(AnswerAsync);

    public async Task DisposeAsync()
    {
        _host?.Dispose();
        await _google.DisposeAsync();
    }

    [Fact]
    public async Task Secret_Manager_gives_the_two_newest_versions()
    {
        Enable(3, 2, 1);

        var secret = await StartAsync("secretmanager:edm-db");

        Assert.Equal(("3", "password-3"), (secret.Current.Version, secret.Current.Value.Password));
        Assert.Equal(("2", "password-2"), (secret.Previous!.Version, secret.Previous.Value.Password));
    }

    [Fact]
    public async Task A_rotation_in_Secret_Manager_moves_both_versions_on()
    {
        Enable(1);
        var secret = await StartAsync("secretmanager:edm-db");
        var refused = secret.Current;
        Assert.Null(secret.Previous);

        Enable(2, 1);
        Assert.True(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Equal(("2", "1"), (secret.Current.Version, secret.Previous!.Version));
    }

    [Fact]
    public async Task A_previous_version_that_is_disabled_is_withdrawn()
    {
        Enable(2, 1);
        var secret = await StartAsync("secretmanager:projects/p/secrets/edm-db");
        Assert.NotNull(secret.Previous);

        Enable(2);
        Assert.False(await secret.RefreshAsync(secret.Current, CancellationToken.None));

        Assert.Null(secret.Previous);
    }

    [Fact]
    public async Task A_bad_version_is_taken_back_by_disabling_it()
    {
        Enable(3, 2);
        var secret = await StartAsync("secretmanager:edm-db");
        var refused = secret.Current;

        Enable(2);
        Assert.True(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Equal("2", secret.Current.Version);
    }

    [Fact]
    public async Task A_malformed_previous_version_stops_nobody()
    {
        Enable(3, 2);
        _contents[$"{Versions}/2:access"] = Payload("canary");

        var secret = await StartAsync("secretmanager:edm-db");

        Assert.Null(secret.Previous);
        Assert.DoesNotContain(_log.At(LogLevel.Trace), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_without_an_enabled_version_stops_the_start()
    {
        Enable();

        var fault = await Assert.ThrowsAsync<SecretException>(() => StartAsync("secretmanager:edm-db"));

        Assert.Equal("Secret Database: it has no enabled version", fault.Message);
    }

    [Fact]
    public async Task A_missing_permission_is_named_with_the_secret()
    {
        var fault = await Assert.ThrowsAsync<SecretException>(() => StartAsync("secretmanager:other"));

        Assert.StartsWith("Secret Database: ", fault.Message, StringComparison.Ordinal);
        Assert.Contains("secretmanager.versions.list", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kms-gcs:gs://energyload-config/env/config.enc#Database", """{"Database":{"user":"u","password":"password-1"},"Other":{}}""")]
    [InlineData("kms-gcs:gs://energyload-config/env/config.enc", """{"user":"u","password":"password-1"}""")]
    public async Task An_encrypted_object_holds_one_secret_or_many(string source, string document)
    {
        _contents["/storage/v1/b/energyload-config/o/env%2Fconfig.enc"] = "ciphertext";
        _contents["/v1/projects/p/locations/l/keyRings/r/cryptoKeys/config:decrypt"] = $$"""{"plaintext":"{{Base64(document)}}"}""";

        var secret = await StartAsync(source);

        Assert.Equal("password-1", secret.Current.Value.Password);
        Assert.Equal("generation 42", secret.Current.Version);
        Assert.Equal("ciphertext"u8.ToArray(), _google.Seen[^1].Json.GetProperty("ciphertext").GetBytesFromBase64());
    }

    [Fact]
    public async Task An_encrypted_object_that_is_replaced_is_the_new_version_and_the_one_before_is_kept()
    {
        _contents["/storage/v1/b/b/o/o"] = "ciphertext";
        _contents["/v1/projects/p/locations/l/keyRings/r/cryptoKeys/config:decrypt"] = $$"""{"plaintext":"{{Base64("""{"user":"u","password":"password-1"}""")}}"}""";
        var secret = await StartAsync("kms-gcs:gs://b/o");
        var refused = secret.Current;

        _generation = "43";
        _contents["/v1/projects/p/locations/l/keyRings/r/cryptoKeys/config:decrypt"] = $$"""{"plaintext":"{{Base64("""{"user":"u","password":"password-2"}""")}}"}""";
        Assert.True(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Equal(("generation 43", "password-2"), (secret.Current.Version, secret.Current.Value.Password));
        Assert.Equal(("generation 42", "password-1"), (secret.Previous!.Version, secret.Previous.Value.Password));
    }

    [Fact]
    public async Task A_member_that_is_not_in_the_encrypted_object_is_named()
    {
        _contents["/storage/v1/b/b/o/o"] = "ciphertext";
        _contents["/v1/projects/p/locations/l/keyRings/r/cryptoKeys/config:decrypt"] = $$"""{"plaintext":"{{Base64("{}")}}"}""";

        var fault = await Assert.ThrowsAsync<SecretException>(() => StartAsync("kms-gcs:gs://b/o#Database"));

        Assert.Equal("Secret Database: its JSON has no member Database", fault.Message);
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("canary:")]
    [InlineData("kms-gcs:canary/config.enc")]
    [InlineData("kms-gcs:gs://canary")]
    [InlineData("kms-gcs:gs://canary/o#")]
    [InlineData("")]
    public async Task A_source_that_is_none_stops_the_start_and_is_not_shown(string source)
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(source));

        Assert.Contains("Secrets:Sources:Database must be one of", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_encrypted_object_needs_a_key()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("kms-gcs:gs://b/o", key: null));

        Assert.Contains("Secrets:KmsKey is required since Database comes from kms-gcs", fault.Message, StringComparison.Ordinal);
    }

    private async Task<Secret<Login>> StartAsync(string source, string? key = "projects/p/locations/l/keyRings/r/cryptoKeys/config")
    {
        var settings = new Dictionary<string, string?> { ["Secrets:Sources:Database"] = source, ["Secrets:KmsKey"] = key };
        _host = SecretHost.Build(_google.Url, settings, _log);
        await _host.StartAsync();
        return _host.Services.GetRequiredService<Secret<Login>>();
    }

    private void Enable(params int[] versions)
    {
        var list = string.Join(',', versions.Select(number => $$"""{"name":"projects/1/secrets/edm-db/versions/{{number}}","state":"ENABLED"}"""));
        _contents[Versions] = $$"""{"versions":[{{list}}]}""";
        foreach (var number in versions)
        {
            _contents[$"{Versions}/{number}:access"] = Payload($$"""{"user":"u","password":"password-{{number}}"}""");
        }
    }

    private static string Payload(string text) => $$$"""{"payload":{"data":"{{{Base64(text)}}}"}}""";

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));

    private Task AnswerAsync(HttpContext context)
    {
        // Of this very request: the versions of a secret are asked for side by side.
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        context.Response.Headers["x-goog-generation"] = _generation;
        if (_contents.FirstOrDefault(content => path.EndsWith(content.Key, StringComparison.Ordinal)).Value is { } content)
        {
            return context.Response.WriteAsync(content);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return context.Response.WriteAsync("{}");
    }
}
