using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.Testing;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>A service whose every secret is in one object of Cloud Storage, encrypted with Cloud KMS (docs/identity.md).</summary>
[Collection(SharedStack.Name)]
public sealed class KeylessStartTests(RunningStack stack) : IDisposable
{
    private const string Bucket = "energyload-config";
    private const string Document = "send-api.json.enc";
    private const string SecretManager = "secretmanager:";
    private const string Sources = "Secrets__Sources__";
    private const string Ring = "projects/energyload-local/locations/europe-west1/keyRings/energyload/cryptoKeys/";
    private readonly HttpClient _google = new() { BaseAddress = stack.Description.Google };
    private readonly int _port = FreePort.Find();

    [Fact]
    public async Task A_service_starts_with_its_secrets_from_one_encrypted_object_and_no_other_source()
    {
        await AuthenticateAsync();
        var environment = await MovedAsync("config");
        Assert.DoesNotContain(environment.Values, value => value!.Contains(SecretManager, StringComparison.Ordinal));
        using var service = Start(environment);
        try
        {
            await Eventually.GetAsync(() => ReadyAsync(service), ready => ready);
        }
        finally
        {
            service.Kill();
        }
    }

    [Fact]
    public async Task A_service_does_not_start_with_an_object_that_it_cannot_decrypt_and_names_the_secret_alone()
    {
        await AuthenticateAsync();
        var environment = await MovedAsync("config");
        environment["Secrets__KmsKey"] = $"{Ring}another";
        using var service = Start(environment);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        var output = await service.StandardOutput.ReadToEndAsync(patience.Token);
        await service.WaitForExitAsync(patience.Token);

        Assert.NotEqual(0, service.ExitCode);
        Assert.Contains("cryptoKeys/another", output, StringComparison.Ordinal);
        Assert.DoesNotContain(stack.Description.Mysql.Password, output, StringComparison.Ordinal);
    }

    public void Dispose() => _google.Dispose();

    /// <summary>The environment of the stack's own send-api, its secrets moved from Secret Manager to an encrypted object.</summary>
    private async Task<Dictionary<string, string?>> MovedAsync(string key)
    {
        var text = await File.ReadAllTextAsync($"/proc/{stack.ReadDescription().Pids.SendApi[0]}/environ");
        var environment = text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2))
            .ToDictionary(entry => entry[0], entry => (string?)entry[1], StringComparer.Ordinal);
        var document = new JsonObject();
        var sources = environment.Where(entry => entry.Value!.StartsWith(SecretManager, StringComparison.Ordinal)).ToArray();
        foreach (var (name, source) in sources)
        {
            var secret = name[Sources.Length..];
            document[secret] = await SecretAsync(source![SecretManager.Length..]);
            environment[name] = $"kms-gcs:gs://{Bucket}/{Document}#{secret}";
        }

        Assert.NotEmpty(document);
        await StoreAsync(await EncryptAsync(Ring + key, document.ToJsonString()));
        environment["Secrets__KmsKey"] = Ring + key;
        environment["PORT"] = $"{_port}";
        return environment;
    }

    private async Task<JsonNode> SecretAsync(string name)
    {
        var answer = await _google.GetFromJsonAsync<JsonElement>(
            new Uri($"/v1/projects/energyload-local/secrets/{name}/versions/latest:access", UriKind.Relative));
        return JsonNode.Parse(answer.GetProperty("payload").GetProperty("data").GetBytesFromBase64())!;
    }

    private async Task<byte[]> EncryptAsync(string key, string text)
    {
        var request = new { plaintext = Encoding.UTF8.GetBytes(text) };
        using var answer = await _google.PostAsJsonAsync(new Uri($"/v1/{key}:encrypt", UriKind.Relative), request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ciphertext").GetBytesFromBase64();
    }

    private async Task StoreAsync(byte[] content)
    {
        using var body = new ByteArrayContent(content);
        var upload = new Uri($"/upload/storage/v1/b/{Bucket}/o?uploadType=media&name={Document}", UriKind.Relative);
        using var answer = await _google.PostAsync(upload, body);
        answer.EnsureSuccessStatusCode();
    }

    private async Task AuthenticateAsync()
    {
        var token = await StandInAccess.TokenAsync(stack.Description);
        _google.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<bool> ReadyAsync(Process service)
    {
        Assert.False(service.HasExited, "The service ended.");
        try
        {
            using var answer = await _google.GetAsync(new Uri($"http://127.0.0.1:{_port}/health/ready"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(Dictionary<string, string?> environment)
    {
        // Beside the tests: artifacts/bin/PROJECT/CONFIGURATION.
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.Combine(mine.Parent!.Parent!.FullName, "EnergyLoad.SendApi", mine.Name);
        return Processes.Start(environment, Path.Combine(folder, "EnergyLoad.SendApi.dll"));
    }
}
