namespace EnergyLoad.Local.Google.Storage;

/// <summary>A refusal of Cloud Storage, whose JSON API has reasons where the newer APIs have a status.</summary>
internal sealed class StorageError(int code, string reason, string message) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = code;
        var errors = new[] { new { message, domain = "global", reason } };
        return httpContext.Response.WriteAsJsonAsync(new { error = new { code, message, errors } }, httpContext.RequestAborted);
    }

    public static StorageError NoObject(string bucket, string name) =>
        new(StatusCodes.Status404NotFound, "notFound", $"No such object: {bucket}/{name}");

    public static StorageError NoBucket() => new(StatusCodes.Status404NotFound, "notFound", "The specified bucket does not exist.");

    public static StorageError Invalid(string message) => new(StatusCodes.Status400BadRequest, "invalid", message);

    public static StorageError PreconditionFailed() =>
        new(StatusCodes.Status412PreconditionFailed, "conditionNotMet", "At least one of the pre-conditions you specified did not hold.");
}
