using System.Security.Cryptography;
using System.Text;
using EnergyLoad.GoogleCloud;
using Google.Apis.Auth;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.Local.Tests.Google;

/// <summary>
/// Google's library and our own clients on it, as the services use them. In one class: the variable is the whole process's.
/// </summary>
public sealed class GoogleLibraryTests : IClassFixture<GoogleWorld>, IAsyncLifetime
{
    private const string Audience = "https://send-api.energyload.local";
    private readonly GoogleWorld _world;
    private readonly ServiceProvider _services;

    public GoogleLibraryTests(GoogleWorld world)
    {
        _world = world;
        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", world.Metadata.Authority);
        string[] services = ["TasksUrl", "PubSubUrl", "StorageUrl", "SecretManagerUrl", "KmsUrl", "IamCredentialsUrl"];
        var settings = services.ToDictionary(url => $"GoogleCloud:{url}", string? (_) => world.Address.ToString());
        settings["GoogleCloud:ProjectId"] = "energyload-local";
        settings["GoogleCloud:Location"] = "europe-west1";
        _services = new ServiceCollection()
            .AddLogging()
            .AddGoogleCloud(new ConfigurationBuilder().AddInMemoryCollection(settings).Build())
            .BuildServiceProvider();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Fact]
    public async Task Google_s_own_library_takes_it_for_a_metadata_server()
    {
        var credential = await GoogleCredential.GetApplicationDefaultAsync();

        var access = await ((ITokenAccess)credential.CreateScoped("https://www.googleapis.com/auth/cloud-platform"))
            .GetAccessTokenForRequestAsync();
        var identity = await (await credential.GetOidcTokenAsync(OidcTokenOptions.FromTargetAudience(Audience))).GetAccessTokenAsync();

        Assert.IsType<ComputeCredential>(credential.UnderlyingCredential);
        Assert.StartsWith("ya29.", access, StringComparison.Ordinal);
        var payload = await JsonWebSignature.VerifySignedTokenAsync(identity, new SignedTokenVerificationOptions
        {
            CertificatesUrl = new Uri(_world.Address, "/oauth2/v3/certs").ToString(),
            TrustedAudiences = { Audience },
            TrustedIssuers = { "https://accounts.google.com" },
        });
        Assert.Equal("100000000000000000001", payload.Subject);
    }

    [Fact]
    public async Task Our_clients_have_an_identity_and_sign()
    {
        var identity = Client<MetadataIdentity>();
        var token = await identity.GetIdTokenAsync(Audience, CancellationToken.None);
        var signed = await Client<IamSigner>().SignJwtAsync(GoogleWorld.Email("edm-tokens"), """{"iss":"me"}""", CancellationToken.None);

        Assert.Equal(GoogleWorld.Email("send-api"), await identity.GetEmailAsync(CancellationToken.None));
        Assert.True((await _world.ValidateAsync(token, "/oauth2/v3/certs", "https://accounts.google.com", Audience)).IsValid);
        Assert.Equal(3, signed.Token.Split('.').Length);
    }

    [Fact]
    public async Task Our_client_makes_a_task_once()
    {
        var task = new HttpTask("http://send-api.internal/ours", GoogleWorld.Email("tasks-invoker"), Audience)
        {
            Name = "ours-1",
            DispatchDeadline = TimeSpan.FromSeconds(30),
        };

        var first = await Client<CloudTasksQueue>().CreateAsync("send-drain", task, CancellationToken.None);
        var second = await Client<CloudTasksQueue>().CreateAsync("send-drain", task, CancellationToken.None);

        Assert.Equal(new TaskCreation.Created($"{GoogleWorld.Queue}/tasks/ours-1"), first);
        Assert.Equal(new TaskCreation.AlreadyExists(), second);
        Assert.Equal("ours-1", (await _world.Target.CallAsync("/ours")).Headers["X-CloudTasks-TaskName"]);
    }

    [Fact]
    public async Task Our_client_publishes()
    {
        var ids = await Client<PubSubPublisher>().PublishAsync(
            "esight-error-reports", [new PubSubMessage("one"u8.ToArray()), new PubSubMessage("two"u8.ToArray())], CancellationToken.None);

        Assert.Equal(2, ids.Distinct().Count());
        await _world.Target.CallAsync("/pushed", 1);
    }

    [Fact]
    public async Task Our_client_stores_copies_and_deletes()
    {
        var bucket = Client<StorageBucket>();
        var source = new StorageLocation(GoogleWorld.Bucket, "ours/a b.json");
        var target = new StorageLocation(GoogleWorld.Bucket, "done/a b.json");

        var made = Assert.IsType<StorageInsertion.Written>(await bucket.InsertAsync(source, "content"u8.ToArray(), "application/json", 0, CancellationToken.None)).Object;
        Assert.IsType<StorageInsertion.PreconditionFailed>(
            await bucket.InsertAsync(source, "other"u8.ToArray(), "application/json", 0, CancellationToken.None));
        Assert.NotNull(await bucket.RewriteAsync(source, made.Generation, target, CancellationToken.None));
        Assert.True(await bucket.DeleteAsync(source, made.Generation, CancellationToken.None));
        Assert.False(await bucket.DeleteAsync(source, made.Generation, CancellationToken.None));

        using var copy = await bucket.GetAsync(target, null, CancellationToken.None);
        using var reader = new StreamReader(copy!.Stream);
        Assert.Equal("content", await reader.ReadToEndAsync());
        Assert.Null(await bucket.GetAsync(source, null, CancellationToken.None));
        Assert.Equal(
            ["done/a b.json"],
            await bucket.ListAsync(GoogleWorld.Bucket, "done/", CancellationToken.None).Select(item => item.Name).ToListAsync());
    }

    [Fact]
    public async Task Our_clients_read_secrets_and_use_keys()
    {
        var secret = await Client<SecretManager>().AccessAsync("database", "latest", CancellationToken.None);
        var encrypted = await _world.PostAsync($"/v1/{GoogleWorld.Key}:encrypt", new { plaintext = "hidden"u8.ToArray() });
        var plaintext = await Client<KmsKey>().DecryptAsync(
            GoogleWorld.Key, encrypted.GetProperty("ciphertext").GetBytesFromBase64(), default, CancellationToken.None);
        var digest = SHA256.HashData("signed"u8);
        var signature = await Client<KmsKey>().SignAsync($"{GoogleWorld.Key}/cryptoKeyVersions/1", digest, CancellationToken.None);
        var publicKey = await Client<KmsKey>().GetPublicKeyAsync($"{GoogleWorld.Key}/cryptoKeyVersions/1", CancellationToken.None);

        Assert.Equal("first", Encoding.UTF8.GetString(secret.Data.Span));
        Assert.Equal(["1"], await Client<SecretManager>().ListEnabledVersionsAsync("database", CancellationToken.None));
        Assert.Equal("hidden", Encoding.UTF8.GetString(plaintext));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(publicKey.Pem);
        Assert.True(rsa.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private T Client<T>()
        where T : notnull => _services.GetRequiredService<T>();
}
