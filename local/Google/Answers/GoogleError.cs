namespace EnergyLoad.Local.Google.Answers;

/// <summary>A refusal as Google's JSON APIs word it (google.rpc.Status behind an HTTP status).</summary>
internal sealed class GoogleError(int code, string status, string message) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = code;
        return httpContext.Response.WriteAsJsonAsync(new { error = new { code, message, status } }, httpContext.RequestAborted);
    }

    public static GoogleError Invalid(string message) => new(StatusCodes.Status400BadRequest, "INVALID_ARGUMENT", message);

    public static GoogleError FailedPrecondition(string message) => new(StatusCodes.Status400BadRequest, "FAILED_PRECONDITION", message);

    public static GoogleError Unauthenticated() =>
        new(
            StatusCodes.Status401Unauthorized,
            "UNAUTHENTICATED",
            "The call carries no access token, or one that was not issued here or has expired.");

    public static GoogleError Denied(string permission, string resource) =>
        new(
            StatusCodes.Status403Forbidden,
            "PERMISSION_DENIED",
            $"Permission '{permission}' denied on resource '{resource}' (or it may not exist).");

    public static GoogleError NotFound(string what) => new(StatusCodes.Status404NotFound, "NOT_FOUND", $"{what} does not exist.");

    public static GoogleError AlreadyExists(string what) => new(StatusCodes.Status409Conflict, "ALREADY_EXISTS", $"{what} already exists.");
}
