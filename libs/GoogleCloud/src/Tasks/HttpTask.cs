namespace EnergyLoad.GoogleCloud;

/// <summary>A POST without a body that Cloud Tasks is to make, with an ID token of an account of ours.</summary>
/// <param name="Url">Where it goes; at most 2,083 characters.</param>
/// <param name="ServiceAccount">E-mail address of the token's account; the caller needs <c>iam.serviceAccounts.actAs</c> on it.</param>
/// <param name="Audience">The <c>aud</c> of the ID token.</param>
public sealed record HttpTask(string Url, string ServiceAccount, string Audience)
{
    /// <summary>
    /// Last part of the task's name, <c>[A-Za-z0-9_-]{1,500}</c>; null lets Cloud Tasks choose. A name cannot be used again for
    /// up to 24 hours after its task is gone, and should start with a hash: sequential names are slow.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>When to make the call, at most 30 days ahead; null means now.</summary>
    public DateTimeOffset? ScheduleTime { get; init; }

    /// <summary>How long the handler may take, 15 s to 30 min; null means 10 min.</summary>
    public TimeSpan? DispatchDeadline { get; init; }
}
