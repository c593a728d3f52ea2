namespace EnergyLoad.Auth;

/// <summary>How often one may try to log in. Failures are counted in the database, so the counts hold on every instance.</summary>
public sealed class LoginLimitOptions
{
    /// <summary>Failures of one user name that cost nothing; 5 by default.</summary>
    public int FreeFailuresPerName { get; set; } = 5;

    /// <summary>Failures from one address that cost nothing; 20 by default.</summary>
    public int FreeFailuresPerAddress { get; set; } = 20;

    /// <summary>Wait after the first failure that is not free; it doubles with each further one. 2 seconds by default.</summary>
    public TimeSpan FirstWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait; 15 minutes by default.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How long failures are remembered after the last one; 1 hour by default.</summary>
    public TimeSpan Memory { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long an address is remembered as one that a user has logged in from, and is then spared others' failures; 30 days by default.
    /// </summary>
    public TimeSpan KnownFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Logins, good or bad, that one address may start in a minute on one instance; 2400 by default.</summary>
    public int PerAddressPerMinute { get; set; } = 2400;
}
