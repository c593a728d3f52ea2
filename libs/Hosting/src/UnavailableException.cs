namespace EnergyLoad.Hosting;

/// <summary>Something that the service needs does not answer now; the edge turns it into 503 with Retry-After.</summary>
public class UnavailableException : Exception
{
    /// <summary>Says what does not answer.</summary>
    /// <param name="message">What is missing, for the log; it is not shown to the client.</param>
    /// <param name="innerException">What happened; null when nothing was thrown.</param>
    public UnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>When the client should try again; one second by default.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(1);
}
