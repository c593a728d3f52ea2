using System.Diagnostics.CodeAnalysis;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>The service accounts of the project.</summary>
internal sealed class Accounts(GoogleSettings settings)
{
    private readonly Dictionary<string, AccountSettings> _byEmail =
        settings.Accounts.ToDictionary(account => account.Email, StringComparer.Ordinal);

    public bool TryGet(string email, [NotNullWhen(true)] out AccountSettings? account) => _byEmail.TryGetValue(email, out account);
}
