namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>A job as its row has it.</summary>
internal sealed class ResendJobRow
{
    public required byte[] Id { get; init; }

    public required string UserId { get; init; }

    public required string Username { get; init; }

    /// <summary>Whether the user may resend only its own messages.</summary>
    public required bool OwnOnly { get; init; }

    public required byte[] Filter { get; init; }

    public required bool RejectedOnly { get; init; }

    public required bool Forced { get; init; }

    public required ResendJobState State { get; init; }

    /// <summary>The last message that was looked at.</summary>
    public required byte[] UpTo { get; init; }

    /// <summary>The last message that the job is about: what comes later is not.</summary>
    public required byte[] LastId { get; init; }

    public required int Examined { get; init; }

    public required int Resent { get; init; }

    public required int Skipped { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    public ResendJob ToView() => new(
        new Guid(Id, bigEndian: true).ToString("D"), State.ToString().ToLowerInvariant(), Examined, Resent, Skipped, StartedAt, FinishedAt);
}
