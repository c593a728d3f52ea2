namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>What is sent again, or would be.</summary>
/// <param name="Items">The messages; of a dry run by filter the newest.</param>
/// <param name="Resent">How many were put on their way.</param>
/// <param name="DryRun">True when nothing was changed.</param>
internal sealed record ResendResult(IReadOnlyList<ResendItem> Items, int Resent, bool DryRun)
{
    /// <summary>True when more messages match than are listed.</summary>
    public bool? More { get; init; }
}

/// <summary>One message of a resend.</summary>
/// <param name="SendId">The message that is sent: the resent one itself, or the new one that carries its rejected readings.</param>
/// <param name="MessageId">The sender's messageId.</param>
/// <param name="Readings">How many readings are sent.</param>
/// <param name="Newer">Newer messages of the same meter whose periods overlap.</param>
internal sealed record ResendItem(string SendId, string MessageId, int Readings, IReadOnlyList<string> Newer)
{
    /// <summary>Why it cannot be resent, in a dry run by filter; null when it can.</summary>
    public string? Obstacle { get; init; }
}
