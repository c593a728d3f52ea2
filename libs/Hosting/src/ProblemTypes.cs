namespace EnergyLoad.Hosting;

/// <summary>The refusals that any service of ours can give before a feature is reached.</summary>
public static class ProblemTypes
{
    /// <summary>The caller or the user is not known.</summary>
    public static readonly ProblemType Unauthorized = new("Unauthorized", 401, "Not authenticated");

    /// <summary>The user is known and may not do this.</summary>
    public static readonly ProblemType Forbidden = new("Forbidden", 403, "Not allowed");

    /// <summary>There is no such route or object.</summary>
    public static readonly ProblemType NotFound = new("NotFound", 404, "Not found");

    /// <summary>The route does not have this method.</summary>
    public static readonly ProblemType MethodNotAllowed = new("MethodNotAllowed", 405, "Method not allowed");

    /// <summary>The body is larger than the limit.</summary>
    public static readonly ProblemType TooLarge = new("RequestEntityTooLarge", 413, "Request body too large");

    /// <summary>The body's content type is not one that the route takes.</summary>
    public static readonly ProblemType UnsupportedMediaType = new("UnsupportedMediaType", 415, "Unsupported media type");

    /// <summary>The request could not be read.</summary>
    public static readonly ProblemType BadRequest = new("BadRequest", 400, "Bad request");

    /// <summary>Too many requests; try again later.</summary>
    public static readonly ProblemType TooManyRequests = new("TooManyRequests", 429, "Too many requests");

    /// <summary>A fault of ours; the trace id finds it in the log.</summary>
    public static readonly ProblemType InternalError = new("InternalError", 500, "Internal error");

    /// <summary>Something that the service needs does not answer now; nothing was changed.</summary>
    public static readonly ProblemType Unavailable = new("Unavailable", 503, "Temporarily unavailable");

    /// <summary>The type that stands for a bare HTTP status.</summary>
    /// <param name="status">An HTTP status of 400 or more.</param>
    public static ProblemType ForStatus(int status) => status switch
    {
        401 => Unauthorized,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => TooLarge,
        415 => UnsupportedMediaType,
        429 => TooManyRequests,
        503 => Unavailable,
        >= 500 => InternalError,
        _ => BadRequest,
    };
}
