using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

/// <summary>The clients as a service gets them, all of them speaking to one scripted server.</summary>
public abstract class CloudTest : IAsyncLifetime
{
    protected ScriptedServer Server { get; private set; } = null!;

    protected ServiceProvider Services { get; private set; } = null!;

    protected virtual IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    public async Task InitializeAsync()
    {
        Server = await ScriptedServer.StartAsync();
        Services = Compose(Server.Url, Settings);
    }

    public async Task DisposeAsync()
    {
        await Services.DisposeAsync();
        await Server.DisposeAsync();
    }

    protected static ServiceProvider Compose(Uri url, IDictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["GoogleCloud:ProjectId"] = "energyload-test",
                ["GoogleCloud:Location"] = "europe-west1",
                ["GoogleCloud:TasksUrl"] = url.AbsoluteUri,
                ["GoogleCloud:PubSubUrl"] = url.AbsoluteUri,
                ["GoogleCloud:StorageUrl"] = url.AbsoluteUri,
                ["GoogleCloud:SecretManagerUrl"] = url.AbsoluteUri,
                ["GoogleCloud:KmsUrl"] = url.AbsoluteUri,
                ["GoogleCloud:IamCredentialsUrl"] = url.AbsoluteUri,
            })
            .AddInMemoryCollection(settings)
            .Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(static _ => new ApplicationCredential(GoogleCredential.FromAccessToken("ya29.test")))
            .AddGoogleCloud(configuration)
            .BuildServiceProvider();
    }

    protected T Get<T>()
        where T : class => Services.GetRequiredService<T>();
}
