using System.Net;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Requests;

/// <summary>
/// The client's address by X-Forwarded-For. Each trusted hop appends the address that it saw; what stands further left the client may have
/// written itself.
/// </summary>
internal static class ClientAddress
{
    public static IPAddress? Of(HttpContext context, int trustedHops)
    {
        var entries = string.Join(',', context.Request.Headers["X-Forwarded-For"].AsEnumerable()).Split(
            ',', StringSplitOptions.TrimEntries);
        return trustedHops > 0 && entries.Length >= trustedHops && TryParse(entries[^trustedHops]) is { } address
            ? address
            : OfConnection(context);
    }

    public static IPAddress? OfConnection(HttpContext context) => Plain(context.Connection.RemoteIpAddress);

    private static IPAddress? TryParse(string entry)
    {
        // A hop may add a port (RFC 7239 allows it): "[2001:db8::1]:443", "192.0.2.1:443".
        if (IPAddress.TryParse(entry, out var address))
        {
            return Plain(address);
        }

        return IPEndPoint.TryParse(entry, out var endPoint) ? Plain(endPoint.Address) : null;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
