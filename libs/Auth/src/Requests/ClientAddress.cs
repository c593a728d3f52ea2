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
        var header = context.Request.Headers["X-Forwarded-For"];
        return TryParse(EntryOf(header.Count == 1 ? header[0] : string.Join(',', header.AsEnumerable()), trustedHops)) ?? OfConnection(context);
    }

    public static IPAddress? OfConnection(HttpContext context) => Plain(context.Connection.RemoteIpAddress);

    /// <returns>The entry that stands so far from the end of a list, from 1; empty where there is none.</returns>
    private static ReadOnlySpan<char> EntryOf(ReadOnlySpan<char> list, int fromEnd)
    {
        for (; fromEnd > 1 && list.LastIndexOf(',') is var comma and >= 0; fromEnd--)
        {
            list = list[..comma];
        }

        return fromEnd == 1 ? list[(list.LastIndexOf(',') + 1)..].Trim() : [];
    }

    private static IPAddress? TryParse(ReadOnlySpan<char> entry)
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
