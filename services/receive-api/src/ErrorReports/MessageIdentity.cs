using System.Buffers;
using System.Text.RegularExpressions;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What a message id tells: <c>&lt;feed&gt;_&lt;market&gt;_…_&lt;send id&gt;</c>; null for what it does not tell.</summary>
internal sealed partial record MessageIdentity(string? Feed, string? Market, Guid? SendId)
{
    private const int PartLimit = 64;
    private const int UuidLength = 36;
    private static readonly SearchValues<char> UuidCharacters = SearchValues.Create("0123456789abcdefABCDEF-");

    public static readonly MessageIdentity Unknown = new(null, null, null);

    public bool IsComplete => this is { Feed: not null, SendId: not null };

    public static MessageIdentity Of(string messageId)
    {
        var sendId = SendIdIn(messageId);
        var start = FeedAndMarket().Match(messageId);
        return start.Success && start.Groups[1].Length <= PartLimit && start.Groups[2].Length <= PartLimit
            ? new MessageIdentity(start.Groups[1].Value, start.Groups[2].Value, sendId)
            : new MessageIdentity(null, null, sendId);
    }

    private static Guid? SendIdIn(string messageId)
    {
        // Guid's own parser also takes blanks, signs and 0x.
        var last = messageId.AsSpan(messageId.LastIndexOf('_') + 1);
        return last.Length == UuidLength && last.Length < messageId.Length && !last.ContainsAnyExcept(UuidCharacters)
            && Guid.TryParseExact(last, "D", out var id) ? id : null;
    }

    // No part may hold the separator: a greedy \w+ would swallow it and misread ids with more underscores.
    [GeneratedRegex("^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)?)_([A-Za-z0-9]+)_", RegexOptions.CultureInvariant)]
    private static partial Regex FeedAndMarket();
}
