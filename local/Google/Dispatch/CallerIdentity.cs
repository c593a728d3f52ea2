using EnergyLoad.Local.Google.Identity;

namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>Puts an account's ID token on the calls made in its name. Whatever Authorization was there is replaced.</summary>
internal sealed class CallerIdentity(Accounts accounts, IdTokens tokens)
{
    public void Authorise(Dictionary<string, string> headers, string? email, string audience)
    {
        if (email is not null && accounts.TryGet(email, out var account))
        {
            headers["Authorization"] = $"Bearer {tokens.Issue(account, audience, withEmail: true)}";
        }
    }
}
