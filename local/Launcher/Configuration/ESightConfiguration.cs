using EnergyLoad.Local.Launcher.Demo;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Configuration;

/// <summary>What the e-Sight simulator is told.</summary>
internal static class ESightConfiguration
{
    public const string ReadUser = "edm-read";
    public const string WriteUser = "edm-write";

    public static object For(Ports ports, StateFolder folder, StackSecrets secrets)
    {
        var user = secrets.Users[StackUsers.ESight];
        return new
        {
            port = ports.ESight,
            state = folder.ESight,
            readUser = ReadUser,
            readPassword = secrets.ESightReadPassword,
            writeUser = WriteUser,
            writePassword = secrets.ESightWritePassword,
            sites = SampleDay.Sites,
            meters = SampleDay.Meters.Select(meter => meter.Code),
            receiveGateway = Ports.Url(ports.ReceiveGateway),
            apiKey = secrets.ApiKeys[ApiKeyNames.ESight],
            username = user.Username,
            password = user.Password,
        };
    }
}
