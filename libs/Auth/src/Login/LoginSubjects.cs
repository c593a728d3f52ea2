using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Login;

/// <summary>What failures of one attempt are counted by, as hashes: the name, the address, and the two together.</summary>
internal sealed record LoginSubjects(byte[] Name, byte[] Address, byte[] Pair)
{
    // One subscriber has a whole /64 of IPv6.
    private const int SubscriberBytes = 8;

    public static LoginSubjects Of(Username name, IPAddress? address)
    {
        var network = Network(address);
        return new LoginSubjects(Hash("name", name.Value), Hash("address", network), Hash("pair", $"{network} {name.Value}"));
    }

    /// <summary>The address as it is counted.</summary>
    public static string Network(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, SubscriberBytes)),
        _ => address.ToString(),
    };

    private static byte[] Hash(string kind, string value) => SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{value}"));
}
