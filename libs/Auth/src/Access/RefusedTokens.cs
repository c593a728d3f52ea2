using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Auth.Access;

/// <summary>Why the tokens of a request were refused, for the audit log; the client is never told.</summary>
internal sealed class RefusedTokens
{
    /// <summary>Why the ID token in Authorization was refused; null when there was none or it holds.</summary>
    public string? Caller { get; set; }

    /// <summary>Why the user's token was refused; null when there was none or it holds.</summary>
    public string? User { get; set; }

    /// <summary>The user in a refused token whose signature held; null otherwise.</summary>
    public string? UserId { get; set; }

    public static RefusedTokens Of(HttpContext context)
    {
        if (context.Features.Get<RefusedTokens>() is not { } refused)
        {
            refused = new RefusedTokens();
            context.Features.Set(refused);
        }

        return refused;
    }
}
