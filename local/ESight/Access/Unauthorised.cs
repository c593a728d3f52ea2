namespace EnergyLoad.Local.ESight.Access;

/// <summary>401 with the challenge that names the scheme which the call wants.</summary>
internal sealed class Unauthorised(string challenge) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status401Unauthorized;
        httpContext.Response.Headers.WWWAuthenticate = challenge;
        return Task.CompletedTask;
    }
}
