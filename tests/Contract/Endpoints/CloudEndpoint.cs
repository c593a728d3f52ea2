using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.GoogleCloud;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>Something that answers as Google Cloud does, the real clients for it, and a service that it may call.</summary>
public abstract class CloudEndpoint : IAsyncLifetime
{
    public const string ProjectId = "energyload-local";
    private ServiceProvider? _clients;

    public CalledService Service { get; } = new();

    /// <summary>For what the clients cannot do: making topics and queues, pulling.</summary>
    public HttpClient Http { get; } = new();

    public async Task InitializeAsync()
    {
        await Service.StartAsync();
        if (await StartAsync() is not { } started)
        {
            return;
        }

        Http.BaseAddress = started.Url;
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", started.AccessToken);
        _clients = Compose(started.Url, started.AccessToken);
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        if (_clients is not null)
        {
            await _clients.DisposeAsync();
        }

        await StopAsync();
        await Service.DisposeAsync();
    }

    public T Client<T>()
        where T : class => (_clients ?? throw new InvalidOperationException("The endpoint is not here.")).GetRequiredService<T>();

    public async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    /// <summary>Starts it; null when it is not on this machine, and then every fact is skipped.</summary>
    protected abstract Task<Started?> StartAsync();

    protected abstract Task StopAsync();

    private static ServiceProvider Compose(Uri url, string accessToken)
    {
        string[] bases = ["TasksUrl", "PubSubUrl", "StorageUrl", "SecretManagerUrl", "KmsUrl", "IamCredentialsUrl"];
        var settings = bases.ToDictionary(key => $"GoogleCloud:{key}", _ => (string?)url.AbsoluteUri);
        settings["GoogleCloud:ProjectId"] = ProjectId;
        settings["GoogleCloud:Location"] = "europe-west1";
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(_ => new ApplicationCredential(GoogleCredential.FromAccessToken(accessToken)))
            .AddGoogleCloud(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    protected sealed record Started(Uri Url, string AccessToken);
}
