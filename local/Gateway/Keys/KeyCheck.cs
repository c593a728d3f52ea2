using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Local.Gateway.Configuration;
using EnergyLoad.Local.Gateway.Replies;
using EnergyLoad.Local.Gateway.Requests;

namespace EnergyLoad.Local.Gateway.Keys;

/// <summary>ESPv2's service_control filter with Service Control's own answer built in.</summary>
internal sealed class KeyCheck(IEnumerable<ApiKey> keys)
{
    private const string KeyHeader = "x-api-key";
    private const string ConsumerTypeHeader = "X-Endpoint-API-Consumer-Type";
    private const string ConsumerNumberHeader = "X-Endpoint-API-Consumer-Number";

    private readonly (byte[] Key, string Project)[] _keys = [.. keys.Select(key => (Encoding.UTF8.GetBytes(key.Key), key.ProjectNumber))];

    public GatewayReply? Refuse(HttpRequest request, RequestTarget target)
    {
        var key = Find(request.Headers, target.Query);
        if (key.Length == 0)
        {
            return GatewayReplies.KeyMissing;
        }

        var bytes = Encoding.UTF8.GetBytes(key);
        foreach (var (known, project) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, bytes))
            {
                request.Headers[ConsumerTypeHeader] = "PROJECT";
                request.Headers[ConsumerNumberHeader] = project;
                return null;
            }
        }

        return GatewayReplies.KeyUnknown;
    }

    // The first place that is there counts, even when it is empty.
    private static string Find(IHeaderDictionary headers, string query) =>
        QueryParameters.TryFind(query, "key", out var value) || QueryParameters.TryFind(query, "api_key", out value)
            ? value.ToString()
            : headers[KeyHeader] is [{ } header, ..] ? header : "";
}
