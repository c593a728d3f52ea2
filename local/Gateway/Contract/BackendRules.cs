using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Gateway.Contract;

internal static class BackendRules
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(15);

    public static Backend Read(YamlNode node)
    {
        var address = new Uri(node.Text("address") ?? throw new ContractException("x-google-backend has no address."));
        // The default differs between the top level and an operation, so it has to be written out.
        if (node.Text("path_translation") is not "APPEND_PATH_TO_ADDRESS")
        {
            throw new ContractException("path_translation has to be APPEND_PATH_TO_ADDRESS.");
        }

        return new Backend(address, AudienceOf(node, address), DeadlineOf(node));
    }

    private static string? AudienceOf(YamlNode node, Uri address) =>
        node.Text("jwt_audience") ?? (node.Text("disable_auth") is "true" ? null : $"https://{address.Host}");

    private static TimeSpan DeadlineOf(YamlNode node) =>
        node.Number("deadline") is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : DefaultDeadline;
}
