using System.Text.Json.Serialization.Metadata;
using EnergyLoad.GoogleCloud.Tests.Secrets;
using Google.Apis.Auth.OAuth2;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

/// <summary>A host with one secret, named Database, and all that it logs.</summary>
internal static class SecretHost
{
    public static IHost Build(Uri google, IDictionary<string, string?> settings, LogLines? log = null) =>
        Build(google, settings, log, LoginJson.Default.Login);

    public static IHost Build<T>(Uri google, IDictionary<string, string?> settings, LogLines? log, JsonTypeInfo<T> type)
        where T : class
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["GoogleCloud:ProjectId"] = "p",
            ["GoogleCloud:Location"] = "l",
            ["GoogleCloud:SecretManagerUrl"] = google.AbsoluteUri,
            ["GoogleCloud:StorageUrl"] = google.AbsoluteUri,
            ["GoogleCloud:KmsUrl"] = google.AbsoluteUri,
        }).AddInMemoryCollection(settings);
        if (log is not null)
        {
            builder.Logging.AddProvider(log.ToProvider());
        }

        builder.Services.AddSingleton(static _ => new ApplicationCredential(GoogleCredential.FromAccessToken("ya29.test")));
        builder.AddGoogleCloud();
        builder.Services.AddSecret("Database", type);
        return builder.Build();
    }
}
