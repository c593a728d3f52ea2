using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>What the two URNs of a message's header say.</summary>
/// <param name="Market">The local market, such as <c>lu</c>.</param>
/// <param name="Feed">The data feed type, such as <c>electricity</c>.</param>
/// <param name="Site">The site id, such as <c>VPC</c>.</param>
/// <param name="Meter">The meter's code in e-Sight, such as <c>LU_VPC_Elec_4</c>.</param>
internal sealed record GatewayUrns(string Market, string Feed, string Site, string Meter)
{
    private const string TypePrefix = "urn:esight:assets:edm:";

    /// <summary>A site's code in e-Sight.</summary>
    public static string SiteCodeOf(string market, string site) => $"{market.ToUpperInvariant()}_{site}";

    /// <summary>Reads <c>urn:esight:assets:edm:MARKET:FEED</c>.</summary>
    public static ReasonCode? ReadType(string urn, out string market, out string feed)
    {
        (market, feed) = ("", "");
        if (!urn.StartsWith(TypePrefix, StringComparison.Ordinal))
        {
            return ReasonCode.InvalidGatewayTypeUrn;
        }

        var rest = urn.AsSpan(TypePrefix.Length);
        var colon = rest.IndexOf(':');
        market = (colon < 0 ? rest : rest[..colon]).ToString();
        feed = colon < 0 ? "" : rest[(colon + 1)..].ToString();
        return !IsWord(market) ? ReasonCode.NoLocalMarket : !IsFeed(feed) ? ReasonCode.NoDataFeedType : null;
    }

    /// <summary>Reads the last two parts of a gateway URN.</summary>
    public static ReasonCode? ReadMeter(string urn, out string site, out string meter)
    {
        var last = urn.LastIndexOf(':');
        meter = urn[(last + 1)..];
        var before = last <= 0 ? -1 : urn.LastIndexOf(':', last - 1);
        site = last <= 0 ? "" : urn[(before + 1)..last];
        return string.IsNullOrWhiteSpace(meter) || last < 0 ? ReasonCode.NoMeterIDInJson
            : string.IsNullOrWhiteSpace(site) || before < 0 ? ReasonCode.NoSiteIDInJson
            : null;
    }

    private static bool IsFeed(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? IsWord(text) : IsWord(text.AsSpan(0, dash)) && IsWord(text.AsSpan(dash + 1));
    }

    private static bool IsWord(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c) && c != '_')
            {
                return false;
            }
        }

        return text.Length > 0;
    }
}
