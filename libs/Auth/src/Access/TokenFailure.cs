using System.Runtime.ExceptionServices;
using EnergyLoad.Hosting;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Access;

/// <summary>
/// What becomes of a token that was not accepted: a short reason for the audit log, or 503 when it could not be judged at all.
/// </summary>
internal static class TokenFailure
{
    public static Task NoteAsync(AuthenticationFailedContext context, Action<RefusedTokens, string> note)
    {
        if (context.Exception is UnavailableException unavailable)
        {
            ExceptionDispatchInfo.Throw(unavailable);
        }

        note(RefusedTokens.Of(context.HttpContext), ReasonOf(context.Exception));
        return Task.CompletedTask;
    }

    // The library's own messages quote parts of the token; ours never do.
    private static string ReasonOf(Exception exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException
            => "not valid at this time",
        SecurityTokenInvalidAudienceException => "other audience",
        SecurityTokenInvalidIssuerException => "other issuer",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "signature does not hold",
        { } other when other.GetType() == typeof(SecurityTokenValidationException) => other.Message,
        _ => "not a valid token",
    };
}
