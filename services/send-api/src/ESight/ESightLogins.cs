using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.ESight;

/// <summary>Where e-Sight's two logins come from: a secret each, or the section's plain settings.</summary>
internal static class ESightLogins
{
    public static void AddESightLogins(this IHostApplicationBuilder builder)
    {
        builder.AddRotating(ESightReader.SecretName, ESightLoginJson.Default.ESightReader);
        builder.AddRotating(ESightWriter.SecretName, ESightLoginJson.Default.ESightWriter);
        builder.Services.AddPlainCredential<ESightOptions, ESightReader>(
            "ESight:ReadUser and ESight:ReadPassword", ESightReader.SecretName,
            options => new() { User = options.ReadUser, Password = options.ReadPassword });
        builder.Services.AddPlainCredential<ESightOptions, ESightWriter>(
            "ESight:WriteUser and ESight:WritePassword", ESightWriter.SecretName,
            options => new() { User = options.WriteUser, Password = options.WritePassword });
    }
}
