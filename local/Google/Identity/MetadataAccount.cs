using EnergyLoad.Local.Google.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>Marks a connection that came in at the metadata server of one account.</summary>
internal sealed record MetadataAccount(AccountSettings Account)
{
    /// <summary>The port that a caller reached is what tells whose metadata server it is.</summary>
    public static void Mark(ListenOptions listen, AccountSettings account) => listen.Use(next => connection =>
    {
        connection.Features.Set(new MetadataAccount(account));
        return next(connection);
    });
}
