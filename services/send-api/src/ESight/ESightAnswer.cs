using System.Net;

namespace EnergyLoad.SendApi.ESight;

/// <summary>How one POST to e-Sight ended.</summary>
internal abstract record ESightAnswer
{
    private ESightAnswer()
    {
    }

    /// <summary>e-Sight answered.</summary>
    /// <param name="Status">Any status; nothing is assumed of it.</param>
    /// <param name="RetryAfter">How long e-Sight asks us to wait; null when it does not.</param>
    public sealed record Answered(HttpStatusCode Status, TimeSpan? RetryAfter) : ESightAnswer;

    /// <summary>No connection came about: e-Sight cannot have the message.</summary>
    public sealed record NotReached : ESightAnswer;

    /// <summary>The request went out and no answer came: e-Sight may have the message.</summary>
    public sealed record NoAnswer : ESightAnswer;
}
