namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>How far a resend by filter is.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="State">running, finished or cancelled.</param>
/// <param name="Examined">Messages that matched and were looked at.</param>
/// <param name="Resent">Messages that were put on their way.</param>
/// <param name="Skipped">Messages that were not: still on their way, nothing rejected, or newer ones overlap and it is not forced.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
internal sealed record ResendJob(
    string JobId, string State, int Examined, int Resent, int Skipped, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt);
