using System.Net;
using EnergyLoad.Hosting;

namespace EnergyLoad.GoogleCloud;

/// <summary>
/// Google Cloud refused a call, or did not answer it before its deadline. At the edge it is a 503 as every dependency that fails;
/// the message says what to mend and holds no secret.
/// </summary>
public sealed class GoogleCloudException : UnavailableException
{
    internal GoogleCloudException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The status of the last answer; null when none came, or when an answer was damaged.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>Google's own code of the error, such as <c>PERMISSION_DENIED</c>; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>The IAM permission that the caller lacks; null when the error is not about one.</summary>
    public string? Permission { get; init; }

    /// <summary>What the call was about, as a resource name.</summary>
    public string? Resource { get; init; }

    /// <summary>Whether the same call may succeed later without anybody changing anything.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The pause that the server asked for.</summary>
    internal TimeSpan? AskedPause { get; init; }

    /// <summary>Whether the call certainly had no effect: never sent, or turned away at the door.</summary>
    internal bool WasNotProcessed { get; init; }
}
