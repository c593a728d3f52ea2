namespace EnergyLoad.Local.Google.PubSub;

/// <summary>The body of <c>topics.publish</c>.</summary>
internal sealed record PublishRequest(IReadOnlyList<PublishRequest.Item>? Messages)
{
    private const int MostMessages = 1000;
    private const int LargestData = 10_000_000;

    internal sealed record Item(byte[]? Data, Dictionary<string, string>? Attributes, string? OrderingKey);

    public string? Fault() => Messages switch
    {
        not { Count: > 0 } => "messages must not be empty.",
        { Count: > MostMessages } => "At most 1000 messages a request.",
        _ when Messages.Any(item => item.Data is not { Length: > 0 } && item.Attributes is not { Count: > 0 }) =>
            "A message must have data or attributes.",
        _ when Messages.Sum(item => (long)(item.Data?.Length ?? 0)) > LargestData => "At most 10 MB a request.",
        _ => null,
    };
}
