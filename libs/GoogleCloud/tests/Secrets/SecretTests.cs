using EnergyLoad.GoogleCloud.Tests.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Tests.Secrets;

public sealed class SecretTests : IAsyncLifetime
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private readonly LogLines _log = new();
    private IHost? _host;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        _host?.Dispose();
        File.Delete(_file);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_secret_is_loaded_before_the_host_runs()
    {
        var secret = await StartAsync("""{"user":"send-api","password":"canary-1"}""");

        Assert.Equal("canary-1", secret.Current.Value.Password);
        Assert.Null(secret.Previous);
        Assert.Empty(_log.At(LogLevel.Warning));
    }

    [Fact]
    public async Task A_rotation_is_picked_up_by_itself_and_the_version_before_is_kept()
    {
        var secret = await StartAsync("""{"user":"send-api","password":"canary-1"}""", every: "00:00:01");
        var before = secret.Current;

        Write("""{"user":"send-api","password":"canary-2"}""");
        await Poll.UntilAsync(() => secret.Current.Value.Password == "canary-2");

        Assert.Same(before, secret.Previous);
    }

    [Fact]
    public async Task A_refused_version_is_replaced_at_once_and_all_who_were_refused_share_the_reading()
    {
        var secret = await StartAsync("""{"user":"send-api","password":"canary-1"}""");
        var refused = secret.Current;
        Write("""{"user":"send-api","password":"canary-2"}""");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => secret.RefreshAsync(refused, CancellationToken.None)));

        Assert.All(answers, Assert.True);
        Assert.Equal("canary-2", secret.Current.Value.Password);
        Assert.True(await secret.RefreshAsync(refused, CancellationToken.None));
        Assert.Single(_log.At(LogLevel.Information), line => line.Contains("changed from version", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_version_that_is_still_the_newest_stays()
    {
        var secret = await StartAsync("""{"user":"send-api","password":"canary-1"}""");
        var refused = secret.Current;

        Assert.False(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Same(refused, secret.Current);
    }

    [Fact]
    public async Task A_secret_that_goes_bad_while_running_stays_as_it_was()
    {
        var secret = await StartAsync("""{"user":"send-api","password":"canary-1"}""");
        var refused = secret.Current;
        Write("canary-2 without any JSON");

        Assert.False(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Same(refused, secret.Current);
        Assert.Contains(_log.At(LogLevel.Error), line => line.Contains("Database", StringComparison.Ordinal));
        Assert.DoesNotContain(_log.At(LogLevel.Trace), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_versions_in_one_document_are_both_there()
    {
        var secret = await StartAsync("""{"current":{"user":"b","password":"canary-2"},"previous":{"user":"a","password":"canary-1"}}""");
        Assert.Equal("canary-1", secret.Previous!.Value.Password);
        var refused = secret.Current;

        Write("""{"current":{"user":"b","password":"canary-3"}}""");
        Assert.True(await secret.RefreshAsync(refused, CancellationToken.None));

        Assert.Equal("canary-3", secret.Current.Value.Password);
        Assert.Null(secret.Previous);
        Assert.Empty(_log.At(LogLevel.Warning));
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("{\"user\":\"canary")]
    [InlineData("{\"user\":\"canary\"}")]
    [InlineData("{\"user\":{\"canary\":1},\"password\":\"canary\"}")]
    [InlineData("[\"canary\"]")]
    [InlineData("{\"current\":\"canary\"}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_malformed_secret_stops_the_start_with_its_name_and_without_its_value(string text)
    {
        var fault = await Assert.ThrowsAsync<SecretException>(() => StartAsync(text));

        Assert.Contains("Secret Database", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(_log.At(LogLevel.Trace), line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_missing_file_stops_the_start_with_the_name_of_the_secret()
    {
        _host = SecretHost.Build(Nowhere, Source($"file:{_file}"));

        var fault = await Assert.ThrowsAsync<SecretException>(() => _host.StartAsync());

        Assert.StartsWith("Secret Database: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_without_a_source_stops_the_start_with_the_key_to_set()
    {
        _host = SecretHost.Build(Nowhere, new Dictionary<string, string?>());

        var fault = await Assert.ThrowsAsync<SecretException>(() => _host.StartAsync());

        Assert.Contains("Secrets:Sources:Database is required", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_variable_of_the_environment_can_hold_a_secret()
    {
        const string Variable = "ENERGYLOAD_TEST_DATABASE";
        Environment.SetEnvironmentVariable(Variable, """{"user":"a","password":"canary-1"}""");
        _host = SecretHost.Build(Nowhere, Source($"env:{Variable}"));
        await _host.Services.LoadSecretsAsync(CancellationToken.None);
        Environment.SetEnvironmentVariable(Variable, null);

        Assert.Equal("canary-1", _host.Services.GetRequiredService<Secret<Login>>().Current.Value.Password);
    }

    [Fact]
    public async Task A_secret_prints_its_version_only()
    {
        var secret = await StartAsync("""{"user":"canary","password":"canary"}""");

        Assert.DoesNotContain("canary", $"{secret} {secret.Current} {secret.Current.Value}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_that_is_used_too_early_says_so()
    {
        _host = SecretHost.Build(Nowhere, Source("file:/nowhere"));

        Assert.Throws<InvalidOperationException>(() => _host.Services.GetRequiredService<Secret<Login>>().Current);
    }

    [Fact]
    public void A_record_that_would_print_the_secret_is_not_accepted()
    {
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSecret("Database", LoginJson.Default.PrintingLogin));
        new ServiceCollection().AddSecret("Database", LoginJson.Default.SilentLogin);
    }

    private static Dictionary<string, string?> Source(string address) => new() { ["Secrets:Sources:Database"] = address };

    private async Task<Secret<Login>> StartAsync(string json, string every = "00:15:00")
    {
        Write(json);
        var settings = Source($"file:{_file}");
        settings["Secrets:ReloadEvery"] = every;
        _host = SecretHost.Build(Nowhere, settings, _log);
        await _host.StartAsync();
        return _host.Services.GetRequiredService<Secret<Login>>();
    }

    private void Write(string json) => File.WriteAllText(_file, json);
}
