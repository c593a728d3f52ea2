namespace EnergyLoad.Hosting;

/// <summary>What keeps a service from starting, in words for its operator. The message holds no secret: it goes to the log.</summary>
public class StartUpException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    /// <param name="message">For the operator.</param>
    /// <param name="innerException">What happened; null when nothing was thrown.</param>
    public StartUpException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
