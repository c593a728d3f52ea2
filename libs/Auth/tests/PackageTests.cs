using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.Testing;

namespace EnergyLoad.Auth.Tests;

/// <summary>Another team takes the packages from a feed and protects a service of two dozen lines with them.</summary>
public sealed partial class PackageTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("energyload-packages-").FullName;

    public Task InitializeAsync() => _database.InitializeAsync();

    public async Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_third_service_made_of_the_packages_alone_logs_in_and_refuses()
    {
        var google = await FakeGoogle.GetAsync();
        var environment = RunningService.Settings(_database, google).ToDictionary(
            entry => entry.Key.Replace(":", "__", StringComparison.Ordinal), entry => entry.Value);
        await LibraryPackages.PackAsync();
        var service = await BuildConsumerAsync();
        await Processes.DotnetAsync(environment, service, "migrate");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => Processes.DotnetAsync(environment, service, "create-root", "first"));
        Assert.Contains("There is no terminal", refused.Message, StringComparison.Ordinal);
        var password = (await Processes.DotnetAsync(environment, service, "create-root", "first", "--print")).Trim().Split('\n')[^1];

        using var process = Processes.Start(environment, service);
        try
        {
            var client = new GatewayClient(await AddressOfAsync(process), google, "198.51.100.7");
            var token = await client.LoginAsync("first", password);

            Assert.Contains("\"first\"", await client.GetAsync("/user", token).AcceptedAsync(), StringComparison.Ordinal);
            await client.GetAsync("/reasons").AcceptedAsync();
            await client.GetAsync("/things", token).RefusedAsync(HttpStatusCode.Forbidden);
            await client.GetAsync("/things").RefusedAsync(HttpStatusCode.Unauthorized);
            await client.TryLoginAsync("first", password + "?").RefusedAsync(HttpStatusCode.Unauthorized);
            await client.PostAsync("/internal/tasks/drain").RefusedAsync(HttpStatusCode.Forbidden);
            await (client with { Caller = Account.Stranger }).GetAsync("/reasons").RefusedAsync(HttpStatusCode.Unauthorized);
            await client.PostAsync("/logout", token).AcceptedAsync();
            await client.GetAsync("/user", token).RefusedAsync(HttpStatusCode.Unauthorized);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<Uri> AddressOfAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return new Uri(match.Groups["address"].Value);
            }
        }

        throw new InvalidOperationException($"The service ended: {await process.StandardError.ReadToEndAsync()}");
    }

    private async Task<string> BuildConsumerAsync()
    {
        var consumer = Directory.CreateDirectory(Path.Combine(_folder, "consumer")).FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "libs/Auth/tests/Consumer")))
        {
            File.Copy(file, Path.Combine(consumer, Path.GetFileName(file)));
        }

        await Processes.DotnetAsync(
            new Dictionary<string, string?>(),
            "build", Path.Combine(consumer, "Consumer.csproj"), "-o", Path.Combine(consumer, "out"), "-nodeReuse:false", "-p:UseSharedCompilation=false",
            $"-p:KnownPackages={LibraryPackages.Known}", $"-p:Feed={LibraryPackages.Folder}", $"-p:LibrariesVersion={Version()}");
        return Path.Combine(consumer, "out", "Consumer.dll");
    }

    private static string Version() =>
        XDocument.Load(Path.Combine(Repository.Root, "libs", "Version.props")).Descendants("VersionPrefix").Single().Value;

    [GeneratedRegex(@"Now listening on: (?<address>http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
