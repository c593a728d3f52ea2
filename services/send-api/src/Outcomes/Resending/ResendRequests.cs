using System.Text.Json.Serialization;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>How one message is to be resent, as the body says it.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResendOptions(string? Only = null, bool DryRun = false, bool Force = false);

/// <summary>Which messages are to be resent, and how.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResendRequest(string? Only = null, bool DryRun = false, bool Force = false)
{
    [JsonRequired]
    public required MessageFilter Filter { get; init; }
}

/// <summary>The conditions of a search, as a body says them.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MessageFilter
{
    public string? MessageId { get; init; }

    public string? Sender { get; init; }

    public string? Market { get; init; }

    public string? Feed { get; init; }

    public string? Site { get; init; }

    public string? Meter { get; init; }

    public string? State { get; init; }

    public string? Reason { get; init; }

    public string? ErrorCode { get; init; }

    public string? From { get; init; }

    public string? To { get; init; }

    [JsonIgnore]
    public bool IsEmpty => this == new MessageFilter();

    public SearchFilter Read(string? owner, QueryReading reading) => SearchFilter.Read(
        new SearchParameters(MessageId, Sender, Market, Feed, Site, Meter, null, State, Reason, ErrorCode, From, To, null, null),
        owner,
        reading);
}

/// <summary>What of a message is sent again.</summary>
internal enum ResendPart
{
    All,
    RejectedReadings,
}
