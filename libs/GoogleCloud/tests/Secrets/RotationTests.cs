using EnergyLoad.GoogleCloud.Tests.Fakes;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EnergyLoad.GoogleCloud.Tests.Secrets;

/// <summary>A service at work while its credential rotates, and one that does not get its credential.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private volatile string _accepted = "";
    private ScriptedServer _dependency = null!;

    public async Task InitializeAsync()
    {
        _dependency = (await ScriptedServer.StartAsync()).Then(context =>
        {
            var isAccepted = context.Request.Headers["x-password"] == _accepted;
            context.Response.StatusCode = isAccepted ? StatusCodes.Status204NoContent : StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
    }

    public async Task DisposeAsync()
    {
        await _dependency.DisposeAsync();
        File.Delete(_file);
    }

    [Fact]
    public async Task A_service_at_work_survives_rotations_without_a_failed_request()
    {
        Rotate("canary-0");
        using var host = SecretHost.Build(
            _dependency.Url, new Dictionary<string, string?> { ["Secrets:Sources:Database"] = $"file:{_file}" });
        await host.StartAsync();
        var secret = host.Services.GetRequiredService<Secret<Login>>();
        using var stop = new CancellationTokenSource();
        var callers = Enumerable.Range(0, 8).Select(_ => CallUntilAsync(secret, stop.Token)).ToArray();

        for (var rotation = 1; rotation <= 2; rotation++)
        {
            // The hard case: the old password ends the moment that the new one begins.
            Rotate($"canary-{rotation}");
            var before = _dependency.Seen.Count;
            await Poll.UntilAsync(
                () => _dependency.Seen.Skip(before).Count(call => call.Headers["x-password"] == _accepted) > 3 * callers.Length);
        }

        await stop.CancelAsync();
        var outcomes = await Task.WhenAll(callers);
        Assert.All(outcomes, outcome => Assert.Equal(0, outcome.Failed));
        Assert.All(outcomes, outcome => Assert.NotEqual(0, outcome.Done));
    }

    [Fact]
    public async Task A_service_without_its_secret_ends_with_the_exit_code_of_bad_configuration()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GoogleCloud:ProjectId"] = "p",
            ["GoogleCloud:Location"] = "l",
            ["Secrets:Sources:Database"] = $"file:{_file}",
        });
        builder.AddGoogleCloud();
        builder.Services.AddSecret("Database", LoginJson.Default.Login);

        Assert.Equal(78, await builder.Build().RunAsync([], []));
    }

    private void Rotate(string password)
    {
        File.WriteAllText(_file + ".next", $$"""{"user":"send-api","password":"{{password}}"}""");
        File.Move(_file + ".next", _file, overwrite: true);
        _accepted = password;
    }

    private async Task<(int Done, int Failed)> CallUntilAsync(Secret<Login> secret, CancellationToken stop)
    {
        using var http = new HttpClient();
        var (done, failed) = (0, 0);
        while (!stop.IsCancellationRequested)
        {
            var login = secret.Current;
            if (await IsAcceptedAsync(http, login) || (await secret.RefreshAsync(login, CancellationToken.None) && await IsAcceptedAsync(http, secret.Current)))
            {
                done++;
            }
            else
            {
                failed++;
            }
        }

        return (done, failed);
    }

    private async Task<bool> IsAcceptedAsync(HttpClient http, SecretVersion<Login> login)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, _dependency.Url);
        request.Headers.Add("x-password", login.Value.Password);
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode;
    }
}
