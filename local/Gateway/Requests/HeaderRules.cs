using EnergyLoad.Local.Gateway.Replies;

namespace EnergyLoad.Local.Gateway.Requests;

/// <summary>What Envoy refuses before it looks at anything else.</summary>
internal static class HeaderRules
{
    public const int MaximumCount = 100;
    public const int MaximumBytes = 60 * 1024;

    public static GatewayReply? Refuse(IHeaderDictionary headers)
    {
        var (count, bytes) = (0, 0);
        foreach (var (name, values) in headers)
        {
            if (name.Contains('_', StringComparison.Ordinal))
            {
                return GatewayReplies.BadRequest;
            }

            count += values.Count;
            foreach (var value in values)
            {
                bytes += name.Length + (value?.Length ?? 0);
            }
        }

        return count > MaximumCount || bytes > MaximumBytes ? GatewayReplies.HeadersTooLarge : null;
    }
}
